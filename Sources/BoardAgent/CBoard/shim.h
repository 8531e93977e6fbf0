// SPDX-License-Identifier: GPL-3.0-or-later

#ifndef DOORBELL_BOARD_SHIM_H
#define DOORBELL_BOARD_SHIM_H

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/vfio.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/klog.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

/* errno is a macro around a function call: Swift cannot see it. */
static inline int board_errno(void) { return errno; }

/* open and ioctl are variadic: Swift cannot call them. */
static inline int board_open(const char *path) { return open(path, O_RDWR | O_CLOEXEC); }
static inline int board_open_to_read(const char *path)
{
    return open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
}
static inline int board_open_to_write(const char *path, int creates)
{
    return open(path, O_WRONLY | O_CLOEXEC | (creates ? O_CREAT | O_TRUNC : 0), 0600);
}
static inline int board_ioctl(int fd, unsigned long request, void *argument)
{
    return ioctl(fd, request, argument);
}
static inline int board_ioctl_number(int fd, unsigned long request, unsigned long argument)
{
    return ioctl(fd, request, argument);
}

/* The request numbers are macros with casts: Swift does not import them. */
static inline unsigned long board_get_api_version(void) { return VFIO_GET_API_VERSION; }
static inline unsigned long board_set_iommu(void) { return VFIO_SET_IOMMU; }
static inline unsigned long board_iommu_get_info(void) { return VFIO_IOMMU_GET_INFO; }
static inline unsigned long board_map_dma(void) { return VFIO_IOMMU_MAP_DMA; }
static inline unsigned long board_unmap_dma(void) { return VFIO_IOMMU_UNMAP_DMA; }
static inline unsigned long board_group_get_status(void) { return VFIO_GROUP_GET_STATUS; }
static inline unsigned long board_group_set_container(void) { return VFIO_GROUP_SET_CONTAINER; }
static inline unsigned long board_group_unset_container(void) { return VFIO_GROUP_UNSET_CONTAINER; }
static inline unsigned long board_group_get_device_fd(void) { return VFIO_GROUP_GET_DEVICE_FD; }
static inline unsigned long board_device_get_info(void) { return VFIO_DEVICE_GET_INFO; }
static inline unsigned long board_get_region_info(void) { return VFIO_DEVICE_GET_REGION_INFO; }
static inline unsigned long board_get_irq_info(void) { return VFIO_DEVICE_GET_IRQ_INFO; }
static inline unsigned long board_set_irqs(void) { return VFIO_DEVICE_SET_IRQS; }
static inline unsigned long board_device_reset(void) { return VFIO_DEVICE_RESET; }

/* MAP_FAILED is a cast macro: here a failure is a null pointer. */
static inline void *board_map_memory(size_t length)
{
    void *memory = mmap(NULL, length, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
    return memory == MAP_FAILED ? NULL : memory;
}
static inline void *board_map_file(int fd, size_t length, uint64_t offset)
{
    void *memory = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_SHARED, fd, (off_t)offset);
    return memory == MAP_FAILED ? NULL : memory;
}

/* Swift has no volatile: each of these is exactly one access of 32 bits to a device. */
static inline uint32_t board_load32(const void *base, size_t offset)
{
    return *(const volatile uint32_t *)((const char *)base + offset);
}
static inline void board_store32(void *base, size_t offset, uint32_t value)
{
    *(volatile uint32_t *)((char *)base + offset) = value;
}

static inline void board_store64(void *base, size_t offset, uint64_t value)
{
    *(volatile uint64_t *)((char *)base + offset) = value;
}

/* What was stored in memory is seen by devices before what follows, and the other way round. */
static inline void board_publish(void) { __asm__ volatile("dsb sy" ::: "memory"); }

/* How many processors are online; they are numbered from 0, as far as nobody took one out. */
static inline long board_processors(void) { return sysconf(_SC_NPROCESSORS_ONLN); }

/* Gives an interrupt to one processor alone: 1, or 0 where the kernel does not take it
   (Documentation/core-api/irq/irq-affinity.rst, 6.1). */
static inline int board_move_interrupt(unsigned interrupt, unsigned processor)
{
    char path[48], text[16];
    snprintf(path, sizeof path, "/proc/irq/%u/smp_affinity_list", interrupt);
    int length = snprintf(text, sizeof text, "%u", processor);
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0)
        return 0;
    int taken = write(fd, text, (size_t)length) == length;
    close(fd);
    return taken;
}

/* Sleeps, for less than a second. */
static inline void board_rest(long nanoseconds)
{
    struct timespec time = {.tv_sec = 0, .tv_nsec = nanoseconds};
    nanosleep(&time, NULL);
}

/* The first processor from this one on that we may run on; -1 where there is none. */
static inline int board_processor_from(int first)
{
    unsigned long allowed[16] = {0};
    if (syscall(SYS_sched_getaffinity, 0, sizeof allowed, allowed) < 0)
        return -1;
    for (int processor = first; processor < 16 * 64; processor++)
        if (allowed[processor / 64] >> processor % 64 & 1)
            return processor;
    return -1;
}

/* Sleeps on one processor until a moment that is past: 0, or -1 with errno. The kernel programs its
   timer only for what is due before all else that it has programmed it for (hrtimer_reprogram,
   kernel/time/hrtimer.c, 6.1); nothing is due before this. */
static inline int board_sleep_until_past(int processor)
{
    unsigned long before[16] = {0}, there[16] = {0};
    struct timespec past = {.tv_sec = 0, .tv_nsec = 1};
    there[processor / 64] = 1UL << processor % 64;
    if (syscall(SYS_sched_getaffinity, 0, sizeof before, before) < 0 ||
        syscall(SYS_sched_setaffinity, 0, sizeof there, there) < 0)
        return -1;
    int error = clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &past, NULL);
    syscall(SYS_sched_setaffinity, 0, sizeof before, before);
    errno = error;
    return error == 0 ? 0 : -1;
}

static inline uint64_t board_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

/* struct utsname is arrays of char, which Swift imports as tuples of 65 numbers. */
static inline const char *board_release(const struct utsname *name) { return name->release; }
static inline const char *board_machine(const struct utsname *name) { return name->machine; }

/* The next name in a directory; NULL at its end and on an error, which errno tells apart. */
static inline const char *board_next_name(DIR *directory)
{
    errno = 0;
    struct dirent *entry = readdir(directory);
    return entry ? entry->d_name : NULL;
}

/* The end is asked for by signals that are read from a descriptor, never delivered: so no request
   is cut in the middle, and everything is released on the way out. SIGPIPE becomes EPIPE. */
static inline int board_end_signals(void)
{
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGHUP);
    if (sigprocmask(SIG_BLOCK, &ends, NULL) != 0 || signal(SIGPIPE, SIG_IGN) == SIG_ERR)
        return -1;
    return signalfd(-1, &ends, SFD_CLOEXEC | SFD_NONBLOCK);
}

/* Whether a process runs the same file as this one: 1, else 0. */
static inline int board_is_agent(int process)
{
    char path[32];
    struct stat own, other;
    snprintf(path, sizeof path, "/proc/%d/exe", process);
    return stat("/proc/self/exe", &own) == 0 && stat(path, &other) == 0 &&
           own.st_dev == other.st_dev && own.st_ino == other.st_ino;
}

/* Whether a process is dead, reaped or not: its files are closed before it becomes a zombie
   (do_exit, kernel/exit.c, 6.1). */
static inline int board_has_ended(int process)
{
    char path[32], text[512];
    snprintf(path, sizeof path, "/proc/%d/stat", process);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT || errno == ESRCH;
    ssize_t count = read(fd, text, sizeof text - 1);
    close(fd);
    if (count <= 0)
        return 1;
    text[count] = 0;
    const char *name_end = strrchr(text, ')');
    return name_end != NULL && name_end[1] == ' ' && (name_end[2] == 'Z' || name_end[2] == 'X');
}

/* How often a register did not answer; inside a function, since Swift emits no static of a header. */
static inline volatile uint32_t *board_bus_error_counter(void)
{
    static volatile uint32_t count;
    return &count;
}
static inline uint32_t board_bus_errors(void) { return *board_bus_error_counter(); }

/* A device that is gone, or does not decode its memory, answers a mapped access with SIGBUS
   (vfio_pci_mmap_fault, 6.1). Its page is then replaced by memory of all ones, as a removed device
   reads, and the access is made again: so the agent lives, and finds out. */
static void board_bus_error(int number, siginfo_t *info, void *context)
{
    (void)number;
    (void)context;
    long size = sysconf(_SC_PAGESIZE);
    void *page = (void *)((uintptr_t)info->si_addr & ~(uintptr_t)(size - 1));
    void *memory = info->si_code == BUS_ADRERR
        ? mmap(page, (size_t)size, PROT_READ | PROT_WRITE,
               MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0)
        : MAP_FAILED;
    if (memory == MAP_FAILED) {
        signal(SIGBUS, SIG_DFL);
        return;
    }
    memset(memory, 0xFF, (size_t)size);
    ++*board_bus_error_counter();
}
static inline int board_catch_bus_errors(void)
{
    struct sigaction action = {.sa_sigaction = board_bus_error, .sa_flags = SA_SIGINFO};
    sigemptyset(&action.sa_mask);
    return sigaction(SIGBUS, &action, NULL);
}

/* POLLRDHUP hides behind _GNU_SOURCE; the number is the kernel's (asm-generic/poll.h). */
static inline short board_pollrdhup(void) { return 0x2000; }

#endif
