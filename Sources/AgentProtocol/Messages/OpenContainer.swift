// SPDX-License-Identifier: GPL-3.0-or-later

/// Opens `/dev/vfio/vfio` and asks for the API version.
package struct OpenContainer: AgentRequest {
    package typealias Answer = OpenedContainer
    package static let kind = RequestKind.openContainer

    package init() {}

    package func write(to writer: inout WireWriter) {}

    package init(from reader: inout WireReader) throws(WireError) {}
}

/// A container that is open.
package struct OpenedContainer: WireValue {
    package var container: ContainerHandle
    /// `VFIO_GET_API_VERSION`: 0 so far.
    package var apiVersion: Int32

    package init(container: ContainerHandle, apiVersion: Int32) {
        self.container = container
        self.apiVersion = apiVersion
    }

    package func write(to writer: inout WireWriter) {
        container.write(to: &writer)
        apiVersion.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        container = try ContainerHandle(from: &reader)
        apiVersion = try Int32(from: &reader)
    }
}
