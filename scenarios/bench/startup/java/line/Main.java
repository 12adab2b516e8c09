/** Prints one line and ends. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.out.println("ready");
    }
}
