using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Flama.Onnx;
using Flama.Packaging;

namespace Flama.ConformanceTests.Tensors;

/// <summary>Loads ONNX files that may be hostile in a process of their own: this executable, told so by a variable. A crash there is seen here.</summary>
internal static class OnnxTrial
{
    private const string FileVariable = "FLAMA_TRY_ONNX";
    private const string MutationsVariable = "FLAMA_TRY_ONNX_MUTATIONS";

    /// <summary>Starts a process that tries one file; it prints what became of it and the most memory that it had, in kB.</summary>
    public static Process Start(string path) => Start(FileVariable, path);

    /// <summary>Starts a process that tries changed copies of a file; it prints the number of each before it tries it, and at the end <c>done</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="first">The first number.</param>
    /// <param name="count">How many.</param>
    public static Process StartMutations(string path, int first, int count) => Start(MutationsVariable, string.Create(CultureInfo.InvariantCulture, $"{path}|{first}|{count}"));

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

        if (Environment.GetEnvironmentVariable(MutationsVariable) is { Length: > 0 } mutations)
        {
            var parts = mutations.Split('|');
            TryMutations(File.ReadAllBytes(parts[0]), int.Parse(parts[1], CultureInfo.InvariantCulture), int.Parse(parts[2], CultureInfo.InvariantCulture));
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

    private static void TryMutations(byte[] original, int first, int count)
    {
        Dictionary<string, int> results = new(StringComparer.Ordinal);
        for (var seed = first; seed < first + count; seed++)
        {
            Console.WriteLine(seed);
            Console.Out.Flush();
            var result = Try(() => ModelPackage.Open(Mutate(original, seed), "mutated.onnx"));
            if (result.StartsWith("failed", StringComparison.Ordinal))
            {
                Console.WriteLine(result);
                return;
            }

            var kind = result.Split(':')[0];
            results[kind] = results.GetValueOrDefault(kind) + 1;
        }

        Console.WriteLine($"done {string.Join(", ", results.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Value} {pair.Key}"))}; {PeakKilobytes()} kB");
    }

    // Bytes changed, taken out, doubled: one to four times.
    private static byte[] Mutate(byte[] original, int seed)
    {
        Random random = new(seed);
        List<byte> bytes = [.. original];
        for (var i = random.Next(1, 5); i > 0 && bytes.Count > 1; i--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 9), bytes.Count - at));
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 17), bytes.Count - at)));
                    break;
                default:
                    bytes[at] = (byte)(random.Next(2) == 0 ? 0 : 0xFF);
                    break;
            }
        }

        return [.. bytes];
    }

    private static TensorInputs Zeros(TensorsSpec spec) => TensorInputs.OfArrays(
    [
        .. spec.Tensors.Where(tensor => !tensor.IsOptional && tensor.Structure == ArrayStructure.Tensor).Select(tensor => KeyValuePair.Create<string, ModelArray>(
            tensor.Name, ModelTensor.Rent(tensor.Type, [.. (tensor.Shape ?? []).Select(dimension => Math.Min(dimension.Length ?? 2, 1 << 10))]))),
    ]);

    private static string PeakKilobytes() =>
        File.Exists("/proc/self/status") ? File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM", StringComparison.Ordinal)).Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1] : "0";
}
