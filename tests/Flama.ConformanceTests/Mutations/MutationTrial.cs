using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Flama.Keras;
using Flama.Onnx;
using Flama.Packaging;
using Flama.Tests;
using Flama.Torch;

namespace Flama.ConformanceTests.Mutations;

/// <summary>Tries changed copies of models in a process of its own: this executable, told so by a variable. A crash there is seen here.</summary>
/// <remarks>For each copy it prints its number before it tries it, and after it <c>= KILOBYTES MILLISECONDS RESULT</c>: by how much memory grew meanwhile and how much processor time it took.</remarks>
internal static class MutationTrial
{
    private const string Variable = "FLAMA_TRY_MUTATIONS";

    // For the managed heap; the rest is watched from outside.
    private const string HeapLimit = "0x30000000";

    private const int MostRows = 2, MostLength = 1 << 10;

    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(3);

    /// <summary>Starts a process that tries copies of a kind.</summary>
    public static Process Start(string kind, int first, int count)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment[Variable] = string.Create(CultureInfo.InvariantCulture, $"{kind}|{first}|{count}");
        start.Environment["DOTNET_GCHeapHardLimit"] = HeapLimit;
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        return Process.Start(start)!;
    }

    /// <summary>A number of <c>/proc/PID/status</c> in kB; 0 where there is none.</summary>
    public static long Kilobytes(string process, string name)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

#pragma warning disable CA2255 // Has to come before the test runner's entry point.
    [ModuleInitializer]
    internal static void TryWhatIsAsked()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } asked)
        {
            var parts = asked.Split('|');
            TryAll(parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture), int.Parse(parts[2], CultureInfo.InvariantCulture));
            Environment.Exit(0);
        }
    }
#pragma warning restore CA2255

    private static void TryAll(string kind, int first, int count)
    {
        var seeds = MutationSeeds.Of(kind);
        ModelEngines engines = new ModelEngines().AddManaged().AddOnnx().AddKeras().AddTorch();
        for (var number = first; number < first + count; number++)
        {
            Print(string.Create(CultureInfo.InvariantCulture, $"{number}"));
            ForgetPeak();
            var (before, started) = (Kilobytes("self", "VmRSS"), Process.GetCurrentProcess().TotalProcessorTime);
            var result = Try(engines, Mutation.Make(seeds, number));
            var grown = Math.Max(0, Kilobytes("self", "VmHWM") - before);
            Print(string.Create(CultureInfo.InvariantCulture, $"= {grown} {(Process.GetCurrentProcess().TotalProcessorTime - started).TotalMilliseconds:F0} {result.ReplaceLineEndings(" ")}"));
        }

        Print("done");
    }

    private static string Try(ModelEngines engines, ModelFiles files)
    {
        try
        {
            if (files.Files is { Count: 1 } && files.Files.TryGetValue(files.Main, out var only))
            {
                using var single = ModelPackage.Open(only, files.Main);
                using var model = engines.Load(single.ReadModel());
                return Ask(model, files);
            }

            using TemporaryDirectory directory = new();
            using var package = ModelPackage.Open(files.WriteTo(directory.Root));
            using var whole = engines.Load(package.ReadModel());
            return Ask(whole, files);
        }
        catch (FlamaException exception) when (exception.Code == ErrorCodes.NotAModel && files.Main.EndsWith(".onnx", StringComparison.Ordinal) && files.Files.ContainsKey(files.Main))
        {
            return TryAsOnnx(engines, files);
        }
        catch (FlamaException exception)
        {
            return $"refused {exception.Code.Name}";
        }
        catch (Exception exception)
        {
            return $"failed {exception}";
        }
    }

    // What is no longer known for what it is goes to the engine all the same, as the model of a package does.
    private static string TryAsOnnx(ModelEngines engines, ModelFiles files)
    {
        try
        {
            using var model = engines.Load(new(files.Main, ModelFormats.Onnx, ModelPayload.FromMemory(files.Files[files.Main])));
            return Ask(model, files);
        }
        catch (FlamaException exception)
        {
            return $"refused {exception.Code.Name}";
        }
        catch (Exception exception)
        {
            return $"failed {exception}";
        }
    }

    private static string Ask(Model model, ModelFiles files)
    {
        foreach (var method in model.Methods.Where(method => method.Input is TensorsSpec))
        {
            using CancellationTokenSource late = new(LongestCall);
            using var inputs = InputsOf((TensorsSpec)method.Input, files);
            try
            {
                using var answer = method.Invoke(inputs, new InvokeOptions(1, late.Token));
            }
            catch (OperationCanceledException) when (late.IsCancellationRequested)
            {
                // A loop that became long ends when its request does.
                return "ended";
            }
        }

        return "answered";
    }

    // Those of the case where they still fit, so that what is changed is reached.
    private static TensorInputs InputsOf(TensorsSpec spec, ModelFiles files)
    {
        try
        {
            return files.Inputs?.Invoke(spec) is { } inputs && spec.Tensors.All(tensor => inputs.FindArray(tensor.Name) is { } array && (array.Type == tensor.Type || tensor.IsTypeOpen)) ? inputs : Zeros(spec);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or KeyNotFoundException or IndexOutOfRangeException)
        {
            return Zeros(spec);
        }
    }

    private static TensorInputs Zeros(TensorsSpec spec) => TensorInputs.OfArrays(
    [
        .. spec.Tensors.Where(tensor => !tensor.IsOptional && tensor.Structure == ArrayStructure.Tensor).Select(tensor => KeyValuePair.Create<string, ModelArray>(
            tensor.Name, Zero(tensor.Type, [.. (tensor.Shape ?? [Dimension.Any, Dimension.Any]).Select(dimension => Math.Min(dimension.Length ?? MostRows, MostLength))]))),
    ]);

    private static ModelTensor Zero(ElementType type, long[] shape)
    {
        var made = ModelTensor.Rent(type, shape);
        if (type == ElementType.String)
        {
            made.WritableTexts.Fill("");
        }

        return made;
    }

    private static void Print(string line)
    {
        Console.Out.Write(line + "\n");
        Console.Out.Flush();
    }

    private static void ForgetPeak()
    {
        try
        {
            File.WriteAllText("/proc/self/clear_refs", "5");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The peak of all so far then: too much is still seen once.
        }
    }
}
