using Flama.Tests;

namespace Flama.FunctionalTests;

/// <summary>A small classifier of two features.</summary>
internal static class Xor
{
    public const string Rows = "[[0, 0], [0, 1], [1, 0], [1, 1]]";

    public static string Path => Fixtures.PathOf("flm", "xor__g3-v2.1.0-p2__zstd__sk1.4.2.flm");
}
