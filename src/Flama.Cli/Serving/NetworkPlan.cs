using System.Reflection;
using Flama.Cli.Settings;
using Flama.Onnx;

namespace Flama.Cli.Serving;

/// <summary>How a server runs networks.</summary>
internal static class NetworkPlan
{
    // What a time span takes.
    private const double MaxSeconds = 1e6;

    /// <summary>The options of the engines.</summary>
    /// <param name="values">The values of settings.</param>
    /// <param name="isServing">Whether there are requests that a hostile network would take with it.</param>
    public static OnnxOptions Of(SettingValues values, Func<bool> isServing) => OnnxOptions.Default with
    {
        Threads = values.Get(ServerSettings.OnnxThreads) ?? OnnxOptions.Default.Threads,
        MaxMemoryBytes = values.Get(ServerSettings.OnnxMemory) ?? OnnxOptions.Default.MaxMemoryBytes,
        MaxLoopTime = TimeSpan.FromSeconds(Math.Clamp(values.Get(ServerSettings.OnnxLoopTime), 0.001, MaxSeconds)),
        Trial = TrialOf(values.Get(ServerSettings.OnnxTrial), isServing),
    };

    // Only the tool itself answers when it is started to try something; a program that has the tool's code in it does not.
    private static OnnxTrial? TrialOf(string when, Func<bool> isServing) => when == ServerSettings.NeverTried || Assembly.GetEntryAssembly() != typeof(NetworkPlan).Assembly
        ? null
        : new OnnxTrial { IsNeeded = when == ServerSettings.AlwaysTried ? null : isServing };
}
