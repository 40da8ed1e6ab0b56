using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Flama.ConformanceTests.Mutations;
using Flama.Keras;
using Flama.Onnx;
using Flama.Packaging;
using Flama.Tests;
using Flama.Torch;

namespace Flama.ConformanceTests.Cycles;

/// <summary>Loads, asks and releases one model of a kind again and again, in a process of its own: this executable, told so by a variable.</summary>
/// <remarks>It prints its resident memory in kB after some first cycles and after all.</remarks>
internal static class CycleTrial
{
    private const string Variable = "FLAMA_TRY_CYCLES";

    // Until methods are compiled and pools are filled.
    private const int Settling = 50;

    /// <summary>Starts the process.</summary>
    public static Process Start(string kind, int count)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment[Variable] = string.Create(CultureInfo.InvariantCulture, $"{kind}|{count}");
        return Process.Start(start)!;
    }

#pragma warning disable CA2255 // Has to come before the test runner's entry point.
    [ModuleInitializer]
    internal static void TryWhatIsAsked()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } asked)
        {
            var parts = asked.Split('|');
            var count = int.Parse(parts[1], CultureInfo.InvariantCulture);
            Run(parts[0], Math.Max(count / 10, Settling));
            Console.WriteLine(Resident());
            Run(parts[0], count);
            Console.WriteLine(Resident());
            Environment.Exit(0);
        }
    }
#pragma warning restore CA2255

    // The largest of its kind: what is kept of it shows.
    private static void Run(string kind, int count)
    {
        var files = MutationSeeds.Of(kind).MaxBy(model => model.Files.Values.Sum(content => content.Length))!;
        ModelEngines engines = new ModelEngines().AddManaged().AddOnnx().AddKeras().AddTorch();
        using TemporaryDirectory directory = new();
        var path = files.WriteTo(directory.Root);
        for (var i = 0; i < count; i++)
        {
            using var package = ModelPackage.Open(path);
            using var model = engines.Load(package.ReadModel());
            var method = model.GetMethod(ModelMethod.Predict);
            using var inputs = files.Inputs!((TensorsSpec)method.Input);
            using var answer = method.Invoke(inputs);
        }
    }

    private static long Resident()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return MutationTrial.Kilobytes("self", "VmRSS");
    }
}
