// Sets io_uring up, through which files can be opened without a system call.
#include <linux/io_uring.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
  struct io_uring_params parameters;
  memset(&parameters, 0, sizeof parameters);
  return syscall(SYS_io_uring_setup, 4, &parameters) < 0 ? 1 : 0;
}
