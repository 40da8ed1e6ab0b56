using System.Text.Json;

namespace Flama.ConformanceTests;

/// <summary>The checks in which Python's own answer for a row depends on the rows beside it.</summary>
internal static class BatchDependence
{
    // The archives of ../sklearn do not say; those of sklearn-extra do, check by check.
    private static readonly HashSet<string> Cases = new(StringComparer.Ordinal)
    {
        // A batch in which all is missing gets the first guess, and rounds go on until the whole batch has settled.
        "iterativeimputer",

        // The search for the factors ends when the whole batch has settled.
        "nmf",

        // Two labels take one column, a batch of three labels three.
        "labelbinarizer_binary",
    };

    // A row's draw depends on how many rows come before it.
    private static readonly string[] Drawing = ["bernoullirbm_", "dummyclassifier_"];

    public static bool Is(SklearnCase golden, JsonElement check, string method) =>
        Cases.Contains(golden.Name)
        || Array.Exists(Drawing, name => golden.Name.StartsWith(name, StringComparison.Ordinal))
        || (check.TryGetProperty("batch_dependent", out var methods) && methods.EnumerateArray().Any(one => one.GetString() == method));
}
