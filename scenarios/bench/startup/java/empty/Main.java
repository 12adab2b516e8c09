/** Does nothing: what is left is the start of the virtual machine and its end. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {}
}
