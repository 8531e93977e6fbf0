// SPDX-License-Identifier: GPL-3.0-or-later
//
// What VFIO answers to questions and to bad arguments, as KTAP: vfio-answers GROUP DEVICE.
//
// It asks what the harness's own agent does not: the flags of regions and interrupts, and the errno
// of requests that are wrong in one way each. Sources: drivers/vfio/ of 6.1 and 6.12, and
// include/uapi/linux/vfio.h, which promises them.

#include <errno.h>
#include <fcntl.h>
#include <linux/vfio.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

static int told;

static void tell(bool right, const char *name, const char *format, ...)
{
	if (!right) {
		va_list arguments;

		va_start(arguments, format);
		printf("# ");
		vprintf(format, arguments);
		printf("\n");
		va_end(arguments);
	}
	printf("%sok %d %s\n", right ? "" : "not ", ++told, name);
}

static void skip(const char *name, const char *reason)
{
	printf("ok %d %s # SKIP %s\n", ++told, name, reason);
}

static void bail(const char *what)
{
	printf("Bail out! %s: %s\n", what, strerror(errno));
	exit(1);
}

// Tells whether a call failed with this errno, and nothing but failed.
static void refuses(int result, int wanted, const char *name)
{
	int got = result < 0 ? errno : 0;

	tell(got == wanted, name, "wanted %s, got %s", strerror(wanted),
	     got ? strerror(got) : "success");
}

static void ask_container(int container)
{
	tell(ioctl(container, VFIO_GET_API_VERSION) == VFIO_API_VERSION, "api-version",
	     "another version than %d", VFIO_API_VERSION);
	tell(ioctl(container, VFIO_CHECK_EXTENSION, VFIO_TYPE1v2_IOMMU) == 1, "has-type1v2",
	     "VFIO_TYPE1v2_IOMMU is not there");
	tell(ioctl(container, VFIO_CHECK_EXTENSION, 0x7fff) == 0, "no-extension-is-made-up",
	     "extension 0x7fff is said to be there");
	refuses(ioctl(container, VFIO_SET_IOMMU, VFIO_TYPE1v2_IOMMU), EINVAL,
		"iommu-without-a-group");
}

static int enter_group(int container, int group, const char *device)
{
	struct vfio_group_status status = { .argsz = sizeof(status) };

	status.argsz = sizeof(status) - 1;
	refuses(ioctl(group, VFIO_GROUP_GET_STATUS, &status), EINVAL, "status-too-short");
	status.argsz = sizeof(status);
	if (ioctl(group, VFIO_GROUP_GET_STATUS, &status))
		bail("VFIO_GROUP_GET_STATUS");
	tell(status.flags == VFIO_GROUP_FLAGS_VIABLE, "group-is-viable-and-free", "flags 0x%x",
	     status.flags);
	refuses(ioctl(group, VFIO_GROUP_GET_DEVICE_FD, device), EINVAL,
		"device-without-a-container");
	if (ioctl(group, VFIO_GROUP_SET_CONTAINER, &container))
		bail("VFIO_GROUP_SET_CONTAINER");
	refuses(ioctl(group, VFIO_GROUP_SET_CONTAINER, &container), EINVAL, "container-twice");
	if (ioctl(container, VFIO_SET_IOMMU, VFIO_TYPE1v2_IOMMU))
		bail("VFIO_SET_IOMMU");
	refuses(ioctl(container, VFIO_SET_IOMMU, VFIO_TYPE1v2_IOMMU), EINVAL, "iommu-twice");
	ioctl(group, VFIO_GROUP_GET_STATUS, &status);
	tell(status.flags == (VFIO_GROUP_FLAGS_VIABLE | VFIO_GROUP_FLAGS_CONTAINER_SET),
	     "group-says-it-has-a-container", "flags 0x%x", status.flags);
	refuses(ioctl(group, VFIO_GROUP_GET_DEVICE_FD, "0000:ff:1f.7"), ENODEV,
		"device-of-no-group");

	int descriptor = ioctl(group, VFIO_GROUP_GET_DEVICE_FD, device);

	if (descriptor < 0)
		bail("VFIO_GROUP_GET_DEVICE_FD");
	return descriptor;
}

static struct vfio_device_info ask_device(int device)
{
	struct vfio_device_info info = { .argsz = 8 };

	refuses(ioctl(device, VFIO_DEVICE_GET_INFO, &info), EINVAL, "device-info-too-short");
	info.argsz = sizeof(info);
	if (ioctl(device, VFIO_DEVICE_GET_INFO, &info))
		bail("VFIO_DEVICE_GET_INFO");
	tell(info.flags & VFIO_DEVICE_FLAGS_PCI, "device-is-pci", "flags 0x%x", info.flags);
	tell(info.num_regions >= VFIO_PCI_NUM_REGIONS, "all-regions-of-pci", "%u regions",
	     info.num_regions);
	tell(info.num_irqs >= VFIO_PCI_NUM_IRQS, "all-interrupts-of-pci", "%u interrupts",
	     info.num_irqs);
	return info;
}

static bool overlap(const struct vfio_region_info *a, const struct vfio_region_info *b)
{
	return a->size && b->size && a->offset < b->offset + b->size &&
	       b->offset < a->offset + a->size;
}

static void ask_regions(int device, unsigned int count)
{
	struct vfio_region_info regions[VFIO_PCI_NUM_REGIONS] = {};
	struct vfio_region_info bad = { .argsz = sizeof(bad), .index = count };
	bool apart = true, accessible = true;

	for (unsigned int i = 0; i < VFIO_PCI_NUM_REGIONS; i++) {
		regions[i].argsz = sizeof(regions[i]);
		regions[i].index = i;
		// Only VGA devices have a VGA region: EINVAL of the others.
		if (ioctl(device, VFIO_DEVICE_GET_REGION_INFO, &regions[i]))
			regions[i].size = 0;
		for (unsigned int j = 0; j < i; j++)
			apart = apart && !overlap(&regions[i], &regions[j]);
		if (i <= VFIO_PCI_BAR5_REGION_INDEX && regions[i].size)
			accessible = accessible && (regions[i].flags & 3) == 3;
	}
	tell(apart, "regions-do-not-overlap", "two regions share file offsets");
	tell(accessible, "bars-are-read-and-written", "a BAR lacks one of the flags");
	tell(regions[VFIO_PCI_CONFIG_REGION_INDEX].size == 256 ||
		     regions[VFIO_PCI_CONFIG_REGION_INDEX].size == 4096,
	     "config-space-has-its-size", "%llu bytes",
	     (unsigned long long)regions[VFIO_PCI_CONFIG_REGION_INDEX].size);
	tell(!(regions[VFIO_PCI_CONFIG_REGION_INDEX].flags & VFIO_REGION_INFO_FLAG_MMAP),
	     "config-space-is-not-mapped", "it says that mmap works");
	refuses(ioctl(device, VFIO_DEVICE_GET_REGION_INFO, &bad), EINVAL, "region-beyond-the-last");

	void *map = mmap(NULL, 4096, PROT_READ, MAP_SHARED, device,
			 regions[VFIO_PCI_CONFIG_REGION_INDEX].offset);

	refuses(map == MAP_FAILED ? -1 : 0, EINVAL, "mmap-of-config-space");
}

static struct vfio_irq_info irq_info(int device, unsigned int index)
{
	struct vfio_irq_info info = { .argsz = sizeof(info), .index = index };

	if (ioctl(device, VFIO_DEVICE_GET_IRQ_INFO, &info))
		info.count = 0;
	return info;
}

static void ask_flags(int device, unsigned int index, unsigned int wanted, const char *name)
{
	struct vfio_irq_info info = irq_info(device, index);

	if (!info.count)
		return skip(name, "the device has none");
	tell((info.flags & wanted) == wanted, name, "flags 0x%x", info.flags);
}

// One request to arm, with all that can be wrong in it.
struct request {
	struct vfio_irq_set set;
	int32_t data[1];
};

static int arm(int device, struct request request)
{
	return ioctl(device, VFIO_DEVICE_SET_IRQS, &request);
}

static void ask_arming(int device, unsigned int index, unsigned int count)
{
	const unsigned int trigger = VFIO_IRQ_SET_ACTION_TRIGGER;
	int event = eventfd(0, EFD_CLOEXEC);
	struct request right = {
		.set = { .argsz = sizeof(right), .flags = VFIO_IRQ_SET_DATA_EVENTFD | trigger,
			 .index = index, .start = 0, .count = 1 },
		.data = { event },
	};
	struct request wrong = right;

	wrong.set.argsz = sizeof(wrong.set);
	refuses(arm(device, wrong), EINVAL, "arming-without-the-eventfd");
	wrong = right;
	wrong.set.flags |= VFIO_IRQ_SET_DATA_BOOL;
	refuses(arm(device, wrong), EINVAL, "arming-with-two-kinds-of-data");
	wrong = right;
	wrong.set.flags = VFIO_IRQ_SET_DATA_EVENTFD;
	refuses(arm(device, wrong), ENOTTY, "arming-without-an-action");
	wrong = right;
	wrong.set.index = VFIO_PCI_NUM_IRQS + 100;
	refuses(arm(device, wrong), EINVAL, "arming-an-unknown-interrupt");
	wrong = right;
	wrong.set.start = count;
	refuses(arm(device, wrong), EINVAL, "arming-beyond-the-last-vector");
	wrong = right;
	wrong.set.start = UINT32_MAX;
	refuses(arm(device, wrong), EINVAL, "arming-a-vector-that-overflows");
	wrong = right;
	wrong.data[0] = 9999;
	refuses(arm(device, wrong), EBADF, "arming-with-no-open-file");
	wrong.data[0] = device;
	refuses(arm(device, wrong), EINVAL, "arming-with-no-eventfd");
	wrong = right;
	wrong.set.flags = VFIO_IRQ_SET_DATA_NONE | VFIO_IRQ_SET_ACTION_MASK;
	wrong.set.argsz = sizeof(wrong.set);
	refuses(arm(device, wrong), ENOTTY, "masking-messages-through-vfio");
	tell(arm(device, right) == 0, "arming-after-all-that", "%s", strerror(errno));
	right.set.flags = VFIO_IRQ_SET_DATA_NONE | trigger;
	right.set.argsz = sizeof(right.set);
	right.set.count = 0;
	tell(arm(device, right) == 0, "disarming", "%s", strerror(errno));
	close(event);
}

static void ask_interrupts(int device, unsigned int count)
{
	struct vfio_irq_info bad = { .argsz = sizeof(bad), .index = count };

	ask_flags(device, VFIO_PCI_INTX_IRQ_INDEX,
		  VFIO_IRQ_INFO_EVENTFD | VFIO_IRQ_INFO_MASKABLE | VFIO_IRQ_INFO_AUTOMASKED,
		  "intx-masks-itself");
	ask_flags(device, VFIO_PCI_MSI_IRQ_INDEX, VFIO_IRQ_INFO_EVENTFD | VFIO_IRQ_INFO_NORESIZE,
		  "msi-cannot-be-resized");
	// From 6.5 on MSI-X can be resized where the controller can (vfio_pci_core_get_irq_info).
	ask_flags(device, VFIO_PCI_MSIX_IRQ_INDEX, VFIO_IRQ_INFO_EVENTFD, "msix-signals-eventfds");
	refuses(ioctl(device, VFIO_DEVICE_GET_IRQ_INFO, &bad), EINVAL, "interrupt-beyond-the-last");

	unsigned int index = irq_info(device, VFIO_PCI_MSIX_IRQ_INDEX).count
				     ? VFIO_PCI_MSIX_IRQ_INDEX : VFIO_PCI_MSI_IRQ_INDEX;

	ask_arming(device, index, irq_info(device, index).count);
}

static int map(int container, struct vfio_iommu_type1_dma_map request)
{
	return ioctl(container, VFIO_IOMMU_MAP_DMA, &request);
}

static void ask_maps(int container)
{
	long page = sysconf(_SC_PAGESIZE);
	void *memory = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	struct vfio_iommu_type1_dma_map right = {
		.argsz = sizeof(right), .flags = VFIO_DMA_MAP_FLAG_READ | VFIO_DMA_MAP_FLAG_WRITE,
		.vaddr = (uintptr_t)memory, .iova = 0x10000000, .size = page,
	};
	struct vfio_iommu_type1_dma_map wrong = right;
	struct vfio_iommu_type1_dma_unmap gone = {
		.argsz = sizeof(gone), .iova = right.iova, .size = page,
	};

	if (memory == MAP_FAILED)
		bail("mmap");
	wrong.argsz = 8;
	refuses(map(container, wrong), EINVAL, "map-too-short");
	wrong = right;
	wrong.flags = 0;
	refuses(map(container, wrong), EINVAL, "map-neither-read-nor-written");
	wrong = right;
	wrong.flags |= 1u << 30;
	refuses(map(container, wrong), EINVAL, "map-with-an-unknown-flag");
	wrong = right;
	wrong.size = 0;
	refuses(map(container, wrong), EINVAL, "map-of-nothing");
	wrong = right;
	wrong.iova += 1;
	refuses(map(container, wrong), EINVAL, "map-beside-a-page");
	wrong = right;
	wrong.iova = -(uint64_t)page;
	wrong.size = 2 * page;
	refuses(map(container, wrong), EINVAL, "map-that-wraps-around");
	tell(map(container, right) == 0, "map", "%s", strerror(errno));
	refuses(map(container, right), EEXIST, "map-twice");
	tell(ioctl(container, VFIO_IOMMU_UNMAP_DMA, &gone) == 0 && gone.size == (uint64_t)page,
	     "unmap-tells-its-size", "%llu bytes", (unsigned long long)gone.size);
	gone.size = page;
	tell(ioctl(container, VFIO_IOMMU_UNMAP_DMA, &gone) == 0 && gone.size == 0,
	     "unmap-of-nothing-tells-nothing", "%llu bytes", (unsigned long long)gone.size);
}

int main(int count, char **words)
{
	char path[64];

	setvbuf(stdout, NULL, _IOLBF, 0);
	if (count != 3) {
		fprintf(stderr, "usage: vfio-answers GROUP DEVICE\n");
		return 2;
	}
	printf("KTAP version 1\n");
	snprintf(path, sizeof(path), "/dev/vfio/%s", words[1]);

	int container = open("/dev/vfio/vfio", O_RDWR | O_CLOEXEC);
	int group = open(path, O_RDWR | O_CLOEXEC);

	if (container < 0 || group < 0)
		bail(container < 0 ? "/dev/vfio/vfio" : path);
	ask_container(container);

	int device = enter_group(container, group, words[2]);
	struct vfio_device_info info = ask_device(device);

	ask_regions(device, info.num_regions);
	ask_interrupts(device, info.num_irqs);
	ask_maps(container);
	printf("1..%d\n", told);
	return 0;
}
