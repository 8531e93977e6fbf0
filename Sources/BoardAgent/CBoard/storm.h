// SPDX-License-Identifier: GPL-3.0-or-later

#ifndef DOORBELL_BOARD_STORM_H
#define DOORBELL_BOARD_STORM_H

#include "shim.h"
#include <pthread.h>

/* Maps and unmaps one range again and again on a thread of its own. What both threads look at is
   atomic. */
struct board_storm {
    int container;
    uint64_t iova, size;
    void *memory;
    size_t length;
    uint32_t rounds;
    int stop;
    /* Calls into the kernel that were begun, and that have returned. */
    uint32_t begun, ended;
    uint32_t tried, maps, unmaps;
    int error;
    pthread_t thread;
};

static inline int board_storm_call(struct board_storm *storm, unsigned long request, void *argument)
{
    __atomic_add_fetch(&storm->begun, 1, __ATOMIC_SEQ_CST);
    int result = ioctl(storm->container, request, argument);
    int error = result < 0 ? errno : 0;
    __atomic_add_fetch(&storm->ended, 1, __ATOMIC_SEQ_CST);
    if (error && !storm->error)
        storm->error = error;
    return error;
}

static inline void board_storm_round(struct board_storm *storm)
{
    struct vfio_iommu_type1_dma_map map = {
        .argsz = sizeof map, .flags = VFIO_DMA_MAP_FLAG_READ | VFIO_DMA_MAP_FLAG_WRITE,
        .vaddr = (uintptr_t)storm->memory, .iova = storm->iova, .size = storm->size};
    struct vfio_iommu_type1_dma_unmap unmap = {
        .argsz = sizeof unmap, .iova = storm->iova, .size = storm->size};
    storm->tried++;
    if (board_storm_call(storm, VFIO_IOMMU_MAP_DMA, &map))
        return;
    storm->maps++;
    if (!board_storm_call(storm, VFIO_IOMMU_UNMAP_DMA, &unmap) && unmap.size == storm->size)
        storm->unmaps++;
}

static void *board_storm_blow(void *argument)
{
    struct board_storm *storm = argument;
    while (storm->tried < storm->rounds && !__atomic_load_n(&storm->stop, __ATOMIC_SEQ_CST))
    {
        board_storm_round(storm);
        /* A breath for the board's other work: what a storm meets lasts longer. */
        board_rest(50000);
    }
    return NULL;
}

/* Frees a storm whose thread does not run. */
static inline void board_storm_free(struct board_storm *storm)
{
    munmap(storm->memory, storm->length);
    free(storm);
}

/* Starts a storm; NULL where there is no memory or no thread. */
static inline struct board_storm *board_storm_start(
    int container, uint64_t iova, uint64_t size, size_t length, uint32_t rounds)
{
    struct board_storm *storm = calloc(1, sizeof *storm);
    if (!storm)
        return NULL;
    storm->container = container;
    storm->iova = iova;
    storm->size = size;
    storm->length = length;
    storm->rounds = rounds;
    storm->memory = board_map_memory(length);
    if (!storm->memory) {
        free(storm);
        return NULL;
    }
    if (pthread_create(&storm->thread, NULL, board_storm_blow, storm) == 0)
        return storm;
    board_storm_free(storm);
    return NULL;
}

/* Ends a storm behind its round; its numbers stand until it is freed. */
static inline void board_storm_end(struct board_storm *storm)
{
    __atomic_store_n(&storm->stop, 1, __ATOMIC_SEQ_CST);
    pthread_join(storm->thread, NULL);
}

static inline uint32_t board_storm_begun(struct board_storm *storm)
{
    return __atomic_load_n(&storm->begun, __ATOMIC_SEQ_CST);
}
static inline uint32_t board_storm_ended(struct board_storm *storm)
{
    return __atomic_load_n(&storm->ended, __ATOMIC_SEQ_CST);
}

#endif
