/* Preloaded into a program of GNU gettext, keeps it loaded and ready: for each byte on standard
 * input the program's own main runs in a new child, and its exit status is written as one byte.
 * Loading its libraries takes ten times as long as reading a small catalog. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <sys/wait.h>
#include <unistd.h>

typedef int (*main_function)(int, char **, char **);
typedef int (*start_function)(main_function, int, char **, void (*)(void), void (*)(void),
                              void (*)(void), void *);

static main_function real_main;

static int serve(int argc, char **argv, char **environment)
{
    unsigned char byte;
    while (read(STDIN_FILENO, &byte, 1) == 1) {
        int status = 0;
        pid_t child = fork();
        if (child == 0)
            return real_main(argc, argv, environment);
        if (child < 0 || waitpid(child, &status, 0) < 0)
            return 1;
        byte = WIFEXITED(status) ? WEXITSTATUS(status) : 255;
        if (write(STDOUT_FILENO, &byte, 1) != 1)
            return 1;
    }
    return 0;
}

int __libc_start_main(main_function main, int argc, char **argv, void (*init)(void),
                      void (*fini)(void), void (*rtld_fini)(void), void *stack_end)
{
    start_function start = (start_function)dlsym(RTLD_NEXT, "__libc_start_main");
    real_main = main;
    return start(serve, argc, argv, init, fini, rtld_fini, stack_end);
}
