using System.Diagnostics;
using System.Runtime.CompilerServices;
using Flama.Onnx;
using Flama.Packaging;

namespace Flama.ConformanceTests.Tensors;

/// <summary>Loads ONNX files that may be hostile in a process of their own: this executable, told so by a variable. A crash there is seen here.</summary>
internal static class OnnxTrial
{
    private const string FileVariable = "FLAMA_TRY_ONNX";

    /// <summary>Starts a process that tries one file; it prints what became of it and the most memory that it had, in kB.</summary>
    public static Process Start(string path) => Start(FileVariable, path);

#pragma warning disable CA2255 // Has to come before the test runner's entry point.
    [ModuleInitializer]
    internal static void TryWhatIsAsked()
    {
        if (Environment.GetEnvironmentVariable(FileVariable) is { Length: > 0 } path)
        {
            Console.WriteLine(Try(() => ModelPackage.Open(path)));
            Console.WriteLine(PeakKilobytes());
            Environment.Exit(0);
        }
    }
#pragma warning restore CA2255

    private static Process Start(string variable, string value)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment[variable] = value;
        return Process.Start(start)!;
    }

    private static string Try(Func<ModelPackage> open)
    {
        try
        {
            using var package = open();
            using var model = new ModelEngines().AddOnnx().Load(package.ReadModel());
            var method = model.FindMethod("infer") ?? model.GetMethod(ModelMethod.Predict);
            using var inputs = Zeros((TensorsSpec)method.Input);
            using var answer = method.Invoke(inputs);
            return "answered";
        }
        catch (FlamaException exception)
        {
            return $"refused {exception.Code}: {exception.Message}";
        }
        catch (Exception exception)
        {
            return $"failed {exception}".ReplaceLineEndings(" ");
        }
    }

    private static TensorInputs Zeros(TensorsSpec spec) => TensorInputs.OfArrays(
    [
        .. spec.Tensors.Where(tensor => !tensor.IsOptional && tensor.Structure == ArrayStructure.Tensor).Select(tensor => KeyValuePair.Create<string, ModelArray>(
            tensor.Name, ModelTensor.Rent(tensor.Type, [.. (tensor.Shape ?? []).Select(dimension => Math.Min(dimension.Length ?? 2, 1 << 10))]))),
    ]);

    private static string PeakKilobytes() =>
        File.Exists("/proc/self/status") ? File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM", StringComparison.Ordinal)).Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1] : "0";
}
