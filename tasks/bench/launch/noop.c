/* The smallest program that C makes, linked statically: nothing but its own start and end. */
int main(void)
{
    return 0;
}
