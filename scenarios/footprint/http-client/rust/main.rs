//! Gets a page from a server on this machine with ureq, and prints its status and text.
//!
//! The server is a socket of this program's own that answers one request.

use std::error::Error;
use std::io::{self, BufRead, BufReader, Write};
use std::net::TcpListener;
use std::thread;

const RESPONSE: &str = "HTTP/1.1 200 OK\r\n\
    Content-Type: text/plain\r\n\
    Content-Length: 6\r\n\
    Connection: close\r\n\
    \r\n\
    ready\n";

fn answer(server: &TcpListener) -> io::Result<()> {
    let (mut connection, _) = server.accept()?;
    let mut reader = BufReader::new(connection.try_clone()?);
    let mut line = String::new();
    while line != "\r\n" {
        line.clear();
        if reader.read_line(&mut line)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
    connection.write_all(RESPONSE.as_bytes())
}

fn main() -> Result<(), Box<dyn Error>> {
    let server = TcpListener::bind("127.0.0.1:0")?;
    let url = format!("http://{}/", server.local_addr()?);
    let answered = thread::spawn(move || answer(&server));
    let mut response = ureq::get(url).call()?;
    let text = response.body_mut().read_to_string()?;
    println!("{} {}", response.status().as_u16(), text.trim());
    answered.join().expect("the server does not panic")?;
    Ok(())
}
