using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Flama.Hosting.Keys;

namespace Flama.AspNetCore.RateLimits;

/// <summary>What tells callers apart: a hash of who they are, the same in all instances. Different callers have different ones.</summary>
internal static class CallerHash
{
    // Of an IPv6 address, what a provider gives to one customer.
    private const int NetworkBytes = 8;
    private const int MaxNameBytes = 512;

    private const byte Keyed = 1, Addressed = 2, Unknown = 3;

    // Made once for a key, and kept as long as the key is.
    private static readonly ConditionalWeakTable<ApiKey, StrongBox<UInt128>> OfKeys = [];

    /// <summary>The caller with a key.</summary>
    public static UInt128 Of(ApiKey key) => OfKeys.GetValue(key, static key => new(Of(key.Id))).Value;

    /// <summary>The caller with valid credentials; null when they name nobody.</summary>
    public static UInt128? Of(ClaimsPrincipal user) => user.FindFirst(ClaimTypes.NameIdentifier) is { } id ? Of(id.Value) : null;

    /// <summary>The caller at an address: itself for IPv4, the network of 64 bits for IPv6; those without one, as behind a UNIX socket, are one caller.</summary>
    public static UInt128 Of(IPAddress? address)
    {
        Span<byte> bytes = stackalloc byte[1 + 16];
        if (address is null)
        {
            return Of([Unknown]);
        }

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        bytes[0] = Addressed;
        plain.TryWriteBytes(bytes[1..], out var length);
        return Of(bytes[..(1 + (plain.AddressFamily == AddressFamily.InterNetworkV6 ? NetworkBytes : length))]);
    }

    private static UInt128 Of(string id)
    {
        Span<byte> name = stackalloc byte[1 + MaxNameBytes];
        name[0] = Keyed;
        return Encoding.UTF8.TryGetBytes(id, name[1..], out var length)
            ? Of(name[..(1 + length)])
            : Of([Keyed, .. SHA256.HashData(Encoding.UTF8.GetBytes(id))]);
    }

    private static UInt128 Of(ReadOnlySpan<byte> name)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(name, hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }
}
