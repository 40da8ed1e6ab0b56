using System.Collections;
using System.Reflection;

namespace Flama.Tests;

/// <summary>Options that were read from a configuration.</summary>
internal static class Bound
{
    /// <summary>Fails on a property that still has its default: the test's configuration, or what reads it, has forgotten it.</summary>
    /// <param name="options">What was read, from a configuration with another value for everything.</param>
    /// <param name="defaults">The defaults.</param>
    /// <param name="except">Properties that are not options.</param>
    public static void AssertAllSet<T>(T options, T defaults, params string[] except)
        where T : class
    {
        foreach (var property in typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => !except.Contains(property.Name)))
        {
            var (read, untouched) = (property.GetValue(options), property.GetValue(defaults));
            if (!property.CanWrite && read is not ICollection)
            {
                // Options of its own, which the caller compares.
                continue;
            }

            Assert.False(Equal(read, untouched), $"{typeof(T).Name}.{property.Name} was not read.");
        }
    }

    private static bool Equal(object? left, object? right) => left is IEnumerable and not string && right is IEnumerable
        ? ((IEnumerable)left).Cast<object>().SequenceEqual(((IEnumerable)right).Cast<object>())
        : Equals(left, right);
}
