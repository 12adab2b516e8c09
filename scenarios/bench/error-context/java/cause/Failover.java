import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Connects to the PRIMARY router or else to the BACKUP; exceptions have causes. */
public final class Failover {
    private Failover() {}

    private static Socket dial(String role, InetSocketAddress address) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(address, 5000);
            return socket;
        } catch (IOException e) {
            String host = address.getHostString() + ":" + address.getPort();
            throw new IOException("dial " + role + " router " + host, e);
        }
    }

    private static Socket connect(InetSocketAddress primary, InetSocketAddress backup)
            throws IOException {
        try {
            return dial("primary", primary);
        } catch (IOException primaryError) {
            try {
                return dial("backup", backup);
            } catch (IOException backupError) {
                backupError.addSuppressed(primaryError);
                throw backupError;
            }
        }
    }

    public static void main(String[] args) throws IOException {
        InetSocketAddress primary;
        InetSocketAddress backup;
        try {
            if (args.length != 2) {
                throw new IllegalArgumentException("expected 2 arguments, found " + args.length);
            }
            primary = parseAddress(args[0]);
            backup = parseAddress(args[1]);
        } catch (IllegalArgumentException e) {
            System.err.println("Failover: " + e.getMessage() + "\nusage: Failover PRIMARY BACKUP");
            System.exit(2);
            return;
        }
        try (Socket socket = connect(primary, backup)) {
            String host = socket.getInetAddress().getHostAddress();
            System.out.println("connected to " + host + ":" + socket.getPort());
        }
    }

    private static InetSocketAddress parseAddress(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("'" + text + "' is no HOST:PORT");
        }
        int port = Integer.parseInt(text.substring(colon + 1));
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("'" + text + "' has no port of TCP");
        }
        return new InetSocketAddress(text.substring(0, colon), port);
    }
}
