namespace Flama.Cli.Tests;

/// <summary>Model files that several tests use.</summary>
internal static class TestModels
{
    /// <summary>Two features; predicts 0 or 1.</summary>
    public static string Xor => Flama.Tests.Fixtures.PathOf("flm", "xor__g3-v2.1.0-p2__zstd__sk1.4.2.flm");

    /// <summary>A linear regressor.</summary>
    public static string Linear => Flama.Tests.Fixtures.PathOf("flm", "estimators", "reg_linear__g1-v1.6.0__bz2__sk1.2.1.flm");
}
