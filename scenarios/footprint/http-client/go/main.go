// Http-client gets a page from a server on this machine with net/http, and
// prints its status and text.
//
// The server is a socket of this program's own that answers one request.
package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"time"
)

const response = "HTTP/1.1 200 OK\r\n" +
	"Content-Type: text/plain\r\n" +
	"Content-Length: 6\r\n" +
	"Connection: close\r\n" +
	"\r\n" +
	"ready\n"

func answer(server net.Listener) error {
	connection, err := server.Accept()
	if err != nil {
		return err
	}
	defer connection.Close()
	reader := bufio.NewReader(connection)
	for line := ""; line != "\r\n"; {
		if line, err = reader.ReadString('\n'); err != nil {
			return err
		}
	}
	_, err = io.WriteString(connection, response)
	return err
}

func run() error {
	server, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	defer server.Close()
	answered := make(chan error, 1)
	go func() { answered <- answer(server) }()

	client := http.Client{Timeout: 10 * time.Second}
	got, err := client.Get("http://" + server.Addr().String() + "/")
	if err != nil {
		return err
	}
	defer got.Body.Close()
	body, err := io.ReadAll(got.Body)
	if err != nil {
		return err
	}
	fmt.Println(got.StatusCode, strings.TrimSpace(string(body)))
	return <-answered
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "http-client:", err)
		os.Exit(1)
	}
}
