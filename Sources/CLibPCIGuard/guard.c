// SPDX-License-Identifier: GPL-3.0-or-later
#define _GNU_SOURCE
#include "CLibPCIGuard.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

struct guard {
    jmp_buf back;
    struct pci_guard_report *report;
};

// The callbacks are not told which access they speak for, so the guard of the running call is
// found through its thread.
static _Thread_local struct guard *current;

__attribute__((noreturn)) static void on_error(char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(current->report->error, sizeof current->report->error, format, arguments);
    va_end(arguments);
    _longjmp(current->back, 1);
}

static void on_warning(char *format, ...) {
    if (!current)
        return;
    struct pci_guard_report *report = current->report;
    report->warning_count++;
    size_t used = strlen(report->warnings);
    size_t room = sizeof report->warnings - used;
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(report->warnings + used, room, format, arguments);
    va_end(arguments);
    if (length < 0 || (size_t)length + 2 > room)
        report->warnings[used] = 0;
    else
        strcpy(report->warnings + used + length, "\n");
}

static void on_debug(char *format, ...) { (void)format; }

// Ends a call that libpci broke off. The sysfs method leaves the configuration file open.
static bool broken_off(struct pci_access *access) {
    current = NULL;
    if (access->method == PCI_ACCESS_SYS_BUS_PCI) {
        if (access->fd > 0)
            close(access->fd);
        access->fd = -1;
    }
    return false;
}

// A macro, because the frame that called setjmp must still be there when the jump comes.
#define GUARDED(access, the_report, call)                                                          \
    struct guard guard = {.report = (the_report)};                                                 \
    current = &guard;                                                                              \
    if (_setjmp(guard.back))                                                                       \
        return broken_off(access);                                                                 \
    call;                                                                                          \
    current = NULL;                                                                                \
    return true

struct pci_access *pci_guard_alloc(unsigned method, const char *name, const char *value) {
    struct pci_access *access = pci_alloc();
    access->method = method;
    access->error = on_error;
    access->warning = on_warning;
    access->debug = on_debug;
    if (name && pci_set_param(access, (char *)name, (char *)value) != 0) {
        pci_cleanup(access);
        return NULL;
    }
    return access;
}

static void initialize_and_scan(struct pci_access *access) {
    pci_init(access);
    pci_scan_bus(access);
}

bool pci_guard_scan(struct pci_access *access, struct pci_guard_report *report) {
    GUARDED(access, report, initialize_and_scan(access));
}

bool pci_guard_fill(struct pci_dev *device, int flags, struct pci_guard_report *report) {
    GUARDED(device->access, report, pci_fill_info(device, flags));
}

bool pci_guard_read(struct pci_dev *device, int position, unsigned char *buffer, int length,
                    bool *read, struct pci_guard_report *report) {
    GUARDED(device->access, report, *read = pci_read_block(device, position, buffer, length));
}

static void look_up(struct pci_access *access, char *buffer, int size, int flags, const int *ids) {
    const char *name =
        pci_lookup_name(access, buffer, size, flags, ids[0], ids[1], ids[2], ids[3]);
    if (name != buffer)
        buffer[0] = 0;
}

bool pci_guard_name(struct pci_access *access, char *buffer, int size, int flags, const int ids[4],
                    struct pci_guard_report *report) {
    buffer[0] = 0;
    GUARDED(access, report, look_up(access, buffer, size, flags, ids));
}

int pci_guard_memory_file(void) {
    int descriptor = memfd_create("pci-dump", MFD_CLOEXEC);
    return descriptor < 0 ? -errno : descriptor;
}

bool pci_guard_cleanup(struct pci_access *access, struct pci_guard_report *report) {
    GUARDED(access, report, pci_cleanup(access));
}
