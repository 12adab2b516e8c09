// A gNMI target over the interfaces of this machine, for tests of clients. Subscriptions once, by
// poll and on change are answered by OpenConfig's own server and cache; the rest is here.
package main

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/openconfig/gnmi/cache"
	pb "github.com/openconfig/gnmi/proto/gnmi"
	"github.com/openconfig/gnmi/subscribe"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/health"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/reflection"
	"google.golang.org/grpc/status"
)

const name = "lab"

type target struct {
	pb.UnimplementedGNMIServer
	subscriptions *subscribe.Server
	mu            sync.Mutex
	descriptions  map[string]string
}

// read tells what the kernel says of an interface.
func read(link, file string) string {
	text, err := os.ReadFile(filepath.Join("/sys/class/net", link, file))
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(text))
}

func counter(link, file string) uint64 {
	n, _ := strconv.ParseUint(read(link, filepath.Join("statistics", file)), 10, 64)
	return n
}

// flags are those of netdevice(7); the first one is that of an interface that is up.
func flags(link string) uint64 {
	n, _ := strconv.ParseUint(strings.TrimPrefix(read(link, "flags"), "0x"), 16, 64)
	return n
}

func links() []string {
	entries, err := os.ReadDir("/sys/class/net")
	if err != nil {
		log.Fatal(err)
	}
	var names []string
	for _, entry := range entries {
		// The folder may hold files beside the interfaces.
		if read(entry.Name(), "ifindex") != "" {
			names = append(names, entry.Name())
		}
	}
	return names
}

// state is openconfig-interfaces' container of the same name, with some of its leaves.
func (t *target) state(link string) map[string]any {
	t.mu.Lock()
	defer t.mu.Unlock()
	index, _ := strconv.Atoi(read(link, "ifindex"))
	return map[string]any{
		"name":         link,
		"ifindex":      index,
		"description":  t.descriptions[link],
		"admin-status": map[bool]string{true: "UP", false: "DOWN"}[flags(link)&1 == 1],
		"oper-status":  map[string]string{"up": "UP", "down": "DOWN", "unknown": "UNKNOWN"}[read(link, "operstate")],
		"counters": map[string]any{
			"in-octets":        strconv.FormatUint(counter(link, "rx_bytes"), 10),
			"in-discards":      strconv.FormatUint(counter(link, "rx_dropped"), 10),
			"in-errors":        strconv.FormatUint(counter(link, "rx_errors"), 10),
			"out-octets":       strconv.FormatUint(counter(link, "tx_bytes"), 10),
			"out-unicast-pkts": strconv.FormatUint(counter(link, "tx_packets"), 10),
			"out-discards":     strconv.FormatUint(counter(link, "tx_dropped"), 10),
			"out-errors":       strconv.FormatUint(counter(link, "tx_errors"), 10),
		},
	}
}

func (t *target) Capabilities(context.Context, *pb.CapabilityRequest) (*pb.CapabilityResponse, error) {
	return &pb.CapabilityResponse{
		SupportedModels:    []*pb.ModelData{{Name: "openconfig-interfaces", Organization: "OpenConfig working group", Version: "3.0.0"}},
		SupportedEncodings: []pb.Encoding{pb.Encoding_JSON, pb.Encoding_JSON_IETF, pb.Encoding_ASCII},
		GNMIVersion:        "0.10.0",
	}, nil
}

// find gives what is at a path below an interface, and the interface.
func (t *target) find(path *pb.Path) (any, string, error) {
	elems := path.GetElem()
	if len(elems) == 1 && elems[0].Name == "interfaces" {
		var list []any
		for _, link := range links() {
			list = append(list, map[string]any{"name": link, "state": t.state(link)})
		}
		return map[string]any{"interface": list}, "", nil
	}
	if len(elems) < 2 || elems[0].Name != "interfaces" || elems[1].Name != "interface" {
		return nil, "", status.Errorf(codes.NotFound, "no such path: %v", path)
	}
	link := elems[1].Key["name"]
	if read(link, "ifindex") == "" {
		return nil, "", status.Errorf(codes.NotFound, "no such interface: %s", link)
	}
	var at any = map[string]any{"name": link, "state": t.state(link)}
	for _, elem := range elems[2:] {
		container, ok := at.(map[string]any)
		if !ok || container[elem.Name] == nil {
			return nil, "", status.Errorf(codes.NotFound, "no such path: %v", path)
		}
		at = container[elem.Name]
	}
	return at, link, nil
}

func typed(value any, encoding pb.Encoding) (*pb.TypedValue, error) {
	text, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	switch encoding {
	case pb.Encoding_JSON:
		return &pb.TypedValue{Value: &pb.TypedValue_JsonVal{JsonVal: text}}, nil
	case pb.Encoding_JSON_IETF:
		return &pb.TypedValue{Value: &pb.TypedValue_JsonIetfVal{JsonIetfVal: text}}, nil
	case pb.Encoding_ASCII:
		return &pb.TypedValue{Value: &pb.TypedValue_AsciiVal{AsciiVal: fmt.Sprint(value)}}, nil
	}
	return nil, status.Errorf(codes.Unimplemented, "no such encoding: %v", encoding)
}

func (t *target) Get(_ context.Context, request *pb.GetRequest) (*pb.GetResponse, error) {
	response := &pb.GetResponse{}
	for _, path := range request.GetPath() {
		full := &pb.Path{Elem: append(append([]*pb.PathElem{}, request.GetPrefix().GetElem()...), path.GetElem()...)}
		value, _, err := t.find(full)
		if err != nil {
			return nil, err
		}
		val, err := typed(value, request.GetEncoding())
		if err != nil {
			return nil, err
		}
		response.Notification = append(response.Notification, &pb.Notification{
			Timestamp: time.Now().UnixNano(),
			Prefix:    request.GetPrefix(),
			Update:    []*pb.Update{{Path: path, Val: val}},
		})
	}
	return response, nil
}

// Set knows the description of an interface only.
func (t *target) Set(_ context.Context, request *pb.SetRequest) (*pb.SetResponse, error) {
	response := &pb.SetResponse{Timestamp: time.Now().UnixNano()}
	done := func(path *pb.Path, op pb.UpdateResult_Operation, text string) error {
		_, link, err := t.find(path)
		if err != nil {
			return err
		}
		if elems := path.GetElem(); elems[len(elems)-1].Name != "description" {
			return status.Errorf(codes.PermissionDenied, "read-only: %v", path)
		}
		t.mu.Lock()
		defer t.mu.Unlock()
		t.descriptions[link] = text
		response.Response = append(response.Response, &pb.UpdateResult{Path: path, Op: op})
		return nil
	}
	for _, path := range request.GetDelete() {
		if err := done(path, pb.UpdateResult_DELETE, ""); err != nil {
			return nil, err
		}
	}
	write := func(updates []*pb.Update, op pb.UpdateResult_Operation) error {
		for _, update := range updates {
			text := update.GetVal().GetJsonIetfVal()
			if text == nil {
				text = update.GetVal().GetJsonVal()
			}
			var value string
			if err := json.Unmarshal(text, &value); err != nil {
				return status.Errorf(codes.InvalidArgument, "no text: %v", err)
			}
			if err := done(update.GetPath(), op, value); err != nil {
				return err
			}
		}
		return nil
	}
	if err := write(request.GetReplace(), pb.UpdateResult_REPLACE); err != nil {
		return nil, err
	}
	if err := write(request.GetUpdate(), pb.UpdateResult_UPDATE); err != nil {
		return nil, err
	}
	return response, nil
}

// Subscribe samples itself, which OpenConfig's server does not, and leaves all else to that one.
func (t *target) Subscribe(stream pb.GNMI_SubscribeServer) error {
	first, err := stream.Recv()
	if err != nil {
		return err
	}
	list := first.GetSubscribe()
	sampled := list.GetMode() == pb.SubscriptionList_STREAM && len(list.GetSubscription()) > 0 &&
		list.GetSubscription()[0].GetMode() == pb.SubscriptionMode_SAMPLE
	if !sampled {
		return t.subscriptions.Subscribe(&replayed{GNMI_SubscribeServer: stream, first: first})
	}
	subscription := list.GetSubscription()[0]
	ticker := time.NewTicker(time.Duration(max(subscription.GetSampleInterval(), uint64(time.Millisecond))))
	defer ticker.Stop()
	for synced := false; ; {
		value, _, err := t.find(subscription.GetPath())
		if err != nil {
			return err
		}
		val, err := typed(value, list.GetEncoding())
		if err != nil {
			return err
		}
		update := &pb.Notification{
			Timestamp: time.Now().UnixNano(),
			Update:    []*pb.Update{{Path: subscription.GetPath(), Val: val}},
		}
		if err := stream.Send(&pb.SubscribeResponse{Response: &pb.SubscribeResponse_Update{Update: update}}); err != nil {
			return err
		}
		if !synced {
			synced = true
			if err := stream.Send(&pb.SubscribeResponse{Response: &pb.SubscribeResponse_SyncResponse{SyncResponse: true}}); err != nil {
				return err
			}
		}
		select {
		case <-stream.Context().Done():
			return stream.Context().Err()
		case <-ticker.C:
		}
	}
}

// replayed gives the first request again to whom the stream is handed on.
type replayed struct {
	pb.GNMI_SubscribeServer
	first *pb.SubscribeRequest
}

func (r *replayed) Recv() (*pb.SubscribeRequest, error) {
	if first := r.first; first != nil {
		r.first = nil
		return first, nil
	}
	return r.GNMI_SubscribeServer.Recv()
}

// feed keeps the cache up to date with the counters of all interfaces.
func feed(into *cache.Target) {
	for {
		for _, link := range links() {
			for leaf, file := range map[string]string{"in-octets": "rx_bytes", "out-octets": "tx_bytes"} {
				err := into.GnmiUpdate(&pb.Notification{
					Timestamp: time.Now().UnixNano(),
					Prefix:    &pb.Path{Target: name},
					Update: []*pb.Update{{
						Path: &pb.Path{Elem: []*pb.PathElem{
							{Name: "interfaces"}, {Name: "interface", Key: map[string]string{"name": link}},
							{Name: "state"}, {Name: "counters"}, {Name: leaf},
						}},
						Val: &pb.TypedValue{Value: &pb.TypedValue_UintVal{UintVal: counter(link, file)}},
					}},
				})
				if err != nil && !strings.Contains(err.Error(), "suppressed") {
					log.Print(err)
				}
			}
		}
		time.Sleep(50 * time.Millisecond)
	}
}

func main() {
	port := flag.Int("port", 0, "port of 127.0.0.1")
	cert := flag.String("cert", "", "certificate; without it there is no TLS")
	key := flag.String("key", "", "its key")
	flag.Parse()
	user, password := os.Getenv("GNMI_USER"), os.Getenv("GNMI_PASSWORD")
	allow := func(ctx context.Context) error {
		if user == "" {
			return nil
		}
		md, _ := metadata.FromIncomingContext(ctx)
		if strings.Join(md.Get("username"), "") != user || strings.Join(md.Get("password"), "") != password {
			return status.Error(codes.Unauthenticated, "wrong username or password")
		}
		return nil
	}
	options := []grpc.ServerOption{
		grpc.UnaryInterceptor(func(ctx context.Context, request any, _ *grpc.UnaryServerInfo, handle grpc.UnaryHandler) (any, error) {
			if err := allow(ctx); err != nil {
				return nil, err
			}
			return handle(ctx, request)
		}),
		grpc.StreamInterceptor(func(server any, stream grpc.ServerStream, _ *grpc.StreamServerInfo, handle grpc.StreamHandler) error {
			if err := allow(stream.Context()); err != nil {
				return err
			}
			return handle(server, stream)
		}),
	}
	if *cert != "" {
		pair, err := tls.LoadX509KeyPair(*cert, *key)
		if err != nil {
			log.Fatal(err)
		}
		options = append(options, grpc.Creds(credentials.NewServerTLSFromCert(&pair)))
	}
	store := cache.New(nil)
	subscriptions, err := subscribe.NewServer(store)
	if err != nil {
		log.Fatal(err)
	}
	store.SetClient(subscriptions.Update)
	go feed(store.Add(name))
	server := grpc.NewServer(options...)
	pb.RegisterGNMIServer(server, &target{subscriptions: subscriptions, descriptions: map[string]string{}})
	healthpb.RegisterHealthServer(server, health.NewServer())
	reflection.Register(server)
	listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", *port))
	if err != nil {
		log.Fatal(err)
	}
	log.Fatal(server.Serve(listener))
}
