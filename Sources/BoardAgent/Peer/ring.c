// SPDX-License-Identifier: GPL-3.0-or-later
//
// The agent's loop once more, in C: raise `edu` or `e1000e`, await the eventfd, look at the clock,
// acknowledge. `doorbell bench` runs it beside the agent to say what Embedded Swift costs. Nothing
// else uses it.
//
//     ring GROUP DEVICE COUNT edu|e1000e     for example: ring 3 0000:00:02.0 1000 edu

#include <errno.h>
#include <fcntl.h>
#include <linux/vfio.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

static void fail(const char *what)
{
    fprintf(stderr, "ring: %s: %s\n", what, strerror(errno));
    exit(1);
}

static int check(int result, const char *what)
{
    if (result < 0)
        fail(what);
    return result;
}

static uint64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

static int open_device(const char *group_number, const char *address)
{
    char path[64];
    snprintf(path, sizeof path, "/dev/vfio/%s", group_number);
    int container = check(open("/dev/vfio/vfio", O_RDWR), "open /dev/vfio/vfio");
    int group = check(open(path, O_RDWR), path);
    check(ioctl(group, VFIO_GROUP_SET_CONTAINER, &container), "VFIO_GROUP_SET_CONTAINER");
    check(ioctl(container, VFIO_SET_IOMMU, VFIO_TYPE1v2_IOMMU), "VFIO_SET_IOMMU");
    return check(ioctl(group, VFIO_GROUP_GET_DEVICE_FD, address), "VFIO_GROUP_GET_DEVICE_FD");
}

static volatile uint32_t *map_registers(int device)
{
    struct vfio_region_info bar = {.argsz = sizeof bar, .index = VFIO_PCI_BAR0_REGION_INDEX};
    check(ioctl(device, VFIO_DEVICE_GET_REGION_INFO, &bar), "VFIO_DEVICE_GET_REGION_INFO");
    void *base = mmap(NULL, bar.size, PROT_READ | PROT_WRITE, MAP_SHARED, device, bar.offset);
    if (base == MAP_FAILED)
        fail("mmap of BAR0");
    return base;
}

static void enable_bus_master(int device)
{
    struct vfio_region_info config = {
        .argsz = sizeof config, .index = VFIO_PCI_CONFIG_REGION_INDEX};
    uint16_t command;
    check(ioctl(device, VFIO_DEVICE_GET_REGION_INFO, &config), "VFIO_DEVICE_GET_REGION_INFO");
    check(pread(device, &command, 2, config.offset + 4), "read of the command register");
    command |= 4;
    check(pwrite(device, &command, 2, config.offset + 4), "write of the command register");
}

static int arm(int device, uint32_t index)
{
    struct {
        struct vfio_irq_set set;
        int32_t fd;
    } armed = {.set = {.argsz = sizeof armed,
                       .flags = VFIO_IRQ_SET_DATA_EVENTFD | VFIO_IRQ_SET_ACTION_TRIGGER,
                       .index = index,
                       .count = 1}};
    armed.fd = check(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC), "eventfd");
    check(ioctl(device, VFIO_DEVICE_SET_IRQS, &armed), "VFIO_DEVICE_SET_IRQS");
    return armed.fd;
}

/* How a device is made to ring. */
struct way {
    const char *name;
    uint32_t index;
    /* The register that raises, and what is written there. */
    uint32_t raise, raised;
    /* The register that takes back, and the one that opens the mask again; 0 for none. */
    uint32_t take_back, unmask;
    /* Nanoseconds that the device must be left alone between two raises. */
    long gap;
};

static const struct way ways[] = {
    {"edu", VFIO_PCI_MSI_IRQ_INDEX, 0x60, 1, 0x64, 0, 0},
    {"e1000e", VFIO_PCI_MSIX_IRQ_INDEX, 0xC8, 1u << 20, 0xC0, 0xD0, 2000000},
};

static const struct way *find_way(const char *name)
{
    for (size_t index = 0; index < sizeof ways / sizeof *ways; index++)
        if (strcmp(ways[index].name, name) == 0)
            return &ways[index];
    fprintf(stderr, "usage: ring GROUP DEVICE COUNT edu|e1000e\n");
    exit(2);
}

/* Sends the cause to vector 0, and lets no other be heard. */
static void prepare(volatile uint32_t *registers, const struct way *way)
{
    if (!way->unmask)
        return;
    registers[0xD8 / 4] = UINT32_MAX;
    registers[0xC0 / 4] = UINT32_MAX;
    registers[0xE4 / 4] = 8;
    registers[way->unmask / 4] = way->raised;
}

int main(int argc, char **argv)
{
    if (argc != 5) {
        fprintf(stderr, "usage: ring GROUP DEVICE COUNT edu|e1000e\n");
        return 2;
    }
    long count = strtol(argv[3], NULL, 10);
    const struct way *way = find_way(argv[4]);
    int device = open_device(argv[1], argv[2]);
    volatile uint32_t *registers = map_registers(device);
    int event = arm(device, way->index);
    enable_bus_master(device);
    prepare(registers, way);

    long arrived = 0;
    uint64_t longest = 0;
    struct timespec gap = {.tv_nsec = way->gap}, rest = {.tv_nsec = 300000000};
    uint64_t began = now();
    for (long raised = 0; raised < count; raised++) {
        if (way->gap && raised > 0)
            nanosleep(&gap, NULL);
        struct pollfd wait = {.fd = event, .events = POLLIN};
        uint64_t value, raise = now();
        registers[way->raise / 4] = way->raised;
        if (poll(&wait, 1, 1000) == 1 && read(event, &value, sizeof value) == sizeof value) {
            uint64_t latency = now() - raise;
            longest = latency > longest ? latency : longest;
            arrived++;
        }
        registers[way->take_back / 4] = way->raised;
        if (way->unmask)
            registers[way->unmask / 4] = way->raised;
    }
    uint64_t elapsed = now() - began;
    printf("raised %ld arrived %ld longest_ns %llu elapsed_ns %llu per_second %.0f\n", count, arrived,
           (unsigned long long)longest, (unsigned long long)elapsed, count * 1e9 / (double)elapsed);
    // QEMU 7.2 aborts when MSI-X is disabled while the throttling timer of its e1000e runs.
    if (way->gap)
        nanosleep(&rest, NULL);
    return arrived == count ? 0 : 1;
}
