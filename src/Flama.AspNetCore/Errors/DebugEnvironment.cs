using System.Collections;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Flama.AspNetCore.Errors;

/// <summary>What a developer wants to know of the process, without its secrets.</summary>
internal static class DebugEnvironment
{
    /// <summary>The platform and the versions.</summary>
    public static IEnumerable<string[]> Process() =>
    [
        ["Flama", typeof(DebugEnvironment).Assembly.GetName().Version?.ToString(3) ?? ""],
        ["Runtime", RuntimeInformation.FrameworkDescription],
        ["Platform", $"{RuntimeInformation.OSDescription} ({RuntimeInformation.RuntimeIdentifier})"],
        ["Program", Environment.ProcessPath ?? ""],
        ["Folder", Environment.CurrentDirectory],
        ["Process", Environment.ProcessId.ToString(CultureInfo.InvariantCulture)],
        ["Processors", Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture)],
    ];

    /// <summary>The variables by name; secret values are masked.</summary>
    public static IEnumerable<string[]> Variables() => Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .Select(entry => (Name: (string)entry.Key, Value: (string?)entry.Value ?? ""))
        .OrderBy(entry => entry.Name, StringComparer.Ordinal)
        .Select(entry => new[] { entry.Name, DebugSecrets.Show(entry.Name, entry.Value) });
}
