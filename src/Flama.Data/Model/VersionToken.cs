using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Flama.Data.Model;

/// <summary>A concurrency token of a record.</summary>
/// <param name="Property">The property.</param>
/// <param name="Next">Makes the value behind one; null where the database does, or the application.</param>
internal sealed record VersionToken(IProperty Property, Func<object?, object>? Next)
{
    private const int Bytes = 8;

    /// <summary>What makes the next value of a type; null where it is not known.</summary>
    public static Func<object?, object>? NextOf(Type type) =>
        type == typeof(Guid) ? static _ => Guid.CreateVersion7()
        : type == typeof(int) ? static value => unchecked((int)(value ?? 0) + 1)
        : type == typeof(long) ? static value => unchecked((long)(value ?? 0L) + 1)
        : type == typeof(uint) ? static value => unchecked((uint)(value ?? 0u) + 1)
        : type == typeof(ulong) ? static value => unchecked((ulong)(value ?? 0ul) + 1)
        : type == typeof(string) ? static _ => Guid.CreateVersion7().ToString("N")
        : type == typeof(byte[]) ? static _ => RandomNumberGenerator.GetBytes(Bytes)
        : null;
}
