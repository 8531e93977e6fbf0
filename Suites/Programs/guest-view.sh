#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What sysfs says of devices that vfio-pci holds, as KTAP: guest-view.sh DEVICE…
devices=/sys/bus/pci/devices
number=0

tell() {
    number=$((number + 1))
    if "$@"; then
        echo "    ok $number $name"
    else
        echo "    not ok $number $name"
        result="not ok"
    fi
}

held() { [ "$(basename "$(readlink "$devices/$device/driver")")" = vfio-pci ]; }
grouped() { [ -e "/dev/vfio/$(basename "$(readlink "$devices/$device/iommu_group")")" ]; }
silent() { ! grep -q "$device" /proc/interrupts; }

echo "KTAP version 1"
echo "1..$#"
outer=0
for device; do
    outer=$((outer + 1))
    number=0
    result=ok
    echo "    KTAP version 1"
    echo "    1..3"
    name="vfio-pci holds it" && tell held
    name="its group has a file of its own" && tell grouped
    name="it has no interrupt armed" && tell silent
    echo "$result $outer $device"
done
