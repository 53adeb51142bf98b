// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote.http;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.apache.http.conn.DnsResolver;
import org.apache.http.impl.conn.SystemDefaultDnsResolver;

/**
 * Decides which addresses requests may go to. An administrator's registry may well be in a private network, so those
 * are allowed; what only this machine or its cloud answers is not.
 *
 * <p>It is the HTTP client's resolver: a name is resolved here, once for each connection, and the client connects to
 * the addresses that were checked, so a name that answers otherwise a moment later gains nothing. Redirects go the same
 * way.
 */
public final class TargetGuard implements DnsResolver {
    /** What clouds tell a machine about itself, where that is not link-local: AWS, Alibaba, Azure, Oracle. */
    private static final Set<String> METADATA =
            Set.of("fd00:ec2:0:0:0:0:0:254", "100.100.100.200", "168.63.129.16", "192.0.0.192");

    private final boolean allowsLoopback;
    private final DnsResolver names;

    public TargetGuard(boolean allowsLoopback) {
        this(allowsLoopback, SystemDefaultDnsResolver.INSTANCE);
    }

    TargetGuard(boolean allowsLoopback, DnsResolver names) {
        this.allowsLoopback = allowsLoopback;
        this.names = names;
    }

    /**
     * The addresses of a host.
     *
     * @throws TargetRefusedException if one of them is forbidden
     */
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = names.resolve(host);
        for (InetAddress address : addresses) {
            Optional<String> objection = objectionTo(address);
            if (objection.isPresent()) {
                throw new TargetRefusedException(host + " is " + objection.get());
            }
        }
        return addresses;
    }

    /** Why no request goes to the address; empty where they may. */
    Optional<String> objectionTo(InetAddress address) {
        if (address.isAnyLocalAddress() || isThisNetwork(address)) {
            return Optional.of("an unspecified address");
        }
        if (address.isLoopbackAddress()) {
            return allowsLoopback ? Optional.empty() : Optional.of("an address of this machine");
        }
        if (address.isLinkLocalAddress()) {
            return Optional.of("a link-local address");
        }
        if (address.isMulticastAddress() || isBroadcast(address)) {
            return Optional.of("a multicast address");
        }
        if (METADATA.contains(address.getHostAddress())) {
            return Optional.of("an address of a cloud's metadata service");
        }
        if (isReserved(address)) {
            return Optional.of("an address of no network");
        }
        return embedded(address).flatMap(this::objectionTo);
    }

    private static boolean isThisNetwork(InetAddress address) {
        return address instanceof Inet4Address && address.getAddress()[0] == 0;
    }

    private static boolean isBroadcast(InetAddress address) {
        return address instanceof Inet4Address && (address.getAddress()[0] & 0xF0) == 0xF0;
    }

    /** Blocks that no registry can be in (RFC 6890), and ways around the other checks: fec0::/10, Teredo, NAT64. */
    private static boolean isReserved(InetAddress address) {
        byte[] b = address.getAddress();
        if (address instanceof Inet4Address) {
            boolean isBenchmark = b[0] == (byte) 198 && (b[1] & 0xFE) == 18;
            boolean isProtocol = b[0] == (byte) 192 && b[1] == 0 && b[2] == 0;
            return isBenchmark || isProtocol;
        }
        boolean isSiteLocal = b[0] == (byte) 0xFE && (b[1] & 0xC0) == 0xC0;
        boolean isTeredo = b[0] == 0x20 && b[1] == 0x01 && b[2] == 0 && b[3] == 0;
        boolean isDiscard = b[0] == 0x01 && isZero(b, 1, 8);
        boolean isLocalNat64 = b[0] == 0 && b[1] == 0x64 && b[2] == (byte) 0xFF && b[3] == (byte) 0x9B && b[4] == 0
                && b[5] == 1;
        return isSiteLocal || isTeredo || isDiscard || isLocalNat64;
    }

    /** The IPv4 address that a translated one stands for: ::a.b.c.d, NAT64 (64:ff9b::/96), 6to4 (2002::/16). */
    private static Optional<InetAddress> embedded(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return Optional.empty();
        }
        byte[] bytes = address.getAddress();
        boolean isCompatible = isZero(bytes, 0, 12);
        boolean isNat64 = bytes[0] == 0 && bytes[1] == 0x64 && bytes[2] == (byte) 0xFF && bytes[3] == (byte) 0x9B
                && isZero(bytes, 4, 12);
        boolean is6to4 = bytes[0] == 0x20 && bytes[1] == 0x02;
        if (!isCompatible && !isNat64 && !is6to4) {
            return Optional.empty();
        }
        try {
            int start = is6to4 ? 2 : 12;
            return Optional.of(InetAddress.getByAddress(Arrays.copyOfRange(bytes, start, start + 4)));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    private static boolean isZero(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
