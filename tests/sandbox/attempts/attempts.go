// Ways out of a sandbox, as a Go program: attempts NAME AIM says whether one is open, or why it is not.
// Each is bounded, so that a hole does no harm.
package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"
)

var attempts = map[string]func(string) (string, error){
	"read": read, "write": write, "follow": follow, "adopt": adopt, "mode": mode, "environment": environment,
	"tcp": tcp, "mptcp": mptcp, "udp": udp, "fast": fast, "unix": unix,
	"kill": kill, "ptrace": ptrace, "remount": remount, "namespace": namespace,
	"fork": fork, "fill": fill, "talk": talk, "allocate": allocate, "spread": spread,
	"hold": hold, "outlive": outlive, "beat": beat, "wait": wait,
}

func main() {
	found, err := attempts[os.Args[1]](os.Args[2])
	if err != nil {
		fmt.Println("refused:", err)
		return
	}
	fmt.Println("open:", found)
}

func read(path string) (string, error) {
	text, err := os.ReadFile(path)
	return string(text), err
}

func write(path string) (string, error) { return path, os.WriteFile(path, []byte("written"), 0o600) }

func follow(path string) (string, error) {
	if err := os.Symlink(path, "link"); err != nil {
		return "", err
	}
	return read("link")
}

func adopt(path string) (string, error) { return "linked", os.Link(path, "own") }

func mode(path string) (string, error) { return "changed", os.Chmod(path, 0o777) }

func environment(pid string) (string, error) {
	text, err := read("/proc/" + pid + "/environ")
	if planted := os.Getenv("PLANTED"); err == nil && planted == "" {
		return "", fmt.Errorf("PLANTED is not set")
	}
	return text, err
}

func heard(connection net.Conn, err error) (string, error) {
	if err != nil {
		return "", err
	}
	defer connection.Close()
	connection.SetDeadline(time.Now().Add(5 * time.Second))
	if strings.HasPrefix(connection.LocalAddr().Network(), "udp") {
		if _, err := connection.Write([]byte("asking")); err != nil {
			return "", err
		}
	}
	buffer := make([]byte, 100)
	size, err := connection.Read(buffer)
	return string(buffer[:size]), err
}

func tcp(port string) (string, error) { return heard(net.Dial("tcp", "127.0.0.1:"+port)) }

func udp(port string) (string, error) { return heard(net.Dial("udp", "127.0.0.1:"+port)) }

func mptcp(port string) (string, error) {
	dialer := net.Dialer{}
	dialer.SetMultipathTCP(true)
	return heard(dialer.DialContext(context.Background(), "tcp", "127.0.0.1:"+port))
}

func fast(port string) (string, error) {
	socket, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM, 0)
	if err != nil {
		return "", err
	}
	number, _ := strconv.Atoi(port)
	place := &syscall.SockaddrInet4{Port: number, Addr: [4]byte{127, 0, 0, 1}}
	if err := syscall.Sendto(socket, []byte("asking"), 0x20000000, place); err != nil {
		return "", err
	}
	buffer := make([]byte, 100)
	size, err := syscall.Read(socket, buffer)
	return string(buffer[:max(size, 0)]), err
}

func unix(path string) (string, error) { return heard(net.Dial("unix", path)) }

func kill(pid string) (string, error) {
	number, _ := strconv.Atoi(pid)
	return "may be killed", syscall.Kill(number, 0)
}

func ptrace(pid string) (string, error) {
	runtime.LockOSThread()
	number, _ := strconv.Atoi(pid)
	if err := syscall.PtraceAttach(number); err != nil {
		return "", err
	}
	if _, err := syscall.Wait4(number, nil, 0x40000000, nil); err != nil {
		return "", err
	}
	return "attached", syscall.PtraceDetach(number)
}

func remount(folder string) (string, error) {
	if err := syscall.Mount("none", folder, "tmpfs", 0, ""); err != nil {
		return "", err
	}
	return "mounted", syscall.Unmount(folder, 0)
}

func namespace(folder string) (string, error) {
	command := exec.Command("/proc/self/exe", "remount", folder)
	command.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}},
	}
	text, err := command.Output()
	if strings.HasPrefix(string(text), "refused: ") {
		return "", fmt.Errorf("%s", text)
	}
	return string(text), err
}

func fork(most string) (string, error) {
	number, _ := strconv.Atoi(most)
	for range number {
		if err := exec.Command("/proc/self/exe", "wait", "3").Start(); err != nil {
			return "", err
		}
	}
	time.Sleep(700 * time.Millisecond)
	return most + " processes", nil
}

func wait(seconds string) (string, error) {
	number, _ := strconv.Atoi(seconds)
	time.Sleep(time.Duration(number) * time.Second)
	return "waited", nil
}

func fill(most string) (string, error) {
	number, _ := strconv.Atoi(most)
	for each := range number {
		if err := os.WriteFile(fmt.Sprint("file", each), make([]byte, 8<<20), 0o600); err != nil {
			return "", err
		}
		time.Sleep(20 * time.Millisecond)
	}
	time.Sleep(200 * time.Millisecond)
	return most + " files", nil
}

func talk(most string) (string, error) {
	number, _ := strconv.Atoi(most)
	for range number {
		if _, err := fmt.Println(strings.Repeat("x", 1023)); err != nil {
			return "", err
		}
	}
	return most + " lines", nil
}

func allocate(most string) (string, error) {
	number, _ := strconv.Atoi(most)
	taken := make([][]byte, number)
	for each := range taken {
		taken[each] = []byte(strings.Repeat("x", 8<<20))
		time.Sleep(10 * time.Millisecond)
	}
	time.Sleep(200 * time.Millisecond)
	return fmt.Sprint(len(taken), " times 8 MB"), nil
}

func spread(most string) (string, error) {
	number, _ := strconv.Atoi(most)
	for range number {
		if err := exec.Command("/proc/self/exe", "hold", "3").Start(); err != nil {
			return "", err
		}
	}
	time.Sleep(700 * time.Millisecond)
	return most + " times 8 MB", nil
}

func hold(seconds string) (string, error) {
	taken := strings.Repeat("x", 8<<20)
	defer runtime.KeepAlive(taken)
	return wait(seconds)
}

func outlive(seconds string) (string, error) {
	command := exec.Command("/proc/self/exe", "beat", seconds)
	command.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if err := command.Start(); err != nil {
		return "", err
	}
	for range 500 {
		if _, err := os.Stat("heart"); err == nil {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	return "left behind", nil
}

func beat(seconds string) (string, error) {
	number, _ := strconv.Atoi(seconds)
	until := time.Now().Add(time.Duration(number) * time.Second)
	for time.Now().Before(until) {
		heart, err := os.OpenFile("heart", os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
		if err != nil {
			return "", err
		}
		heart.WriteString(".")
		heart.Close()
		time.Sleep(20 * time.Millisecond)
	}
	return "done", nil
}
