using System.Globalization;
using System.IO.Compression;
using System.Text;
using Flama.ConformanceTests.Tensors;
using Flama.Torch.Archives;
using Flama.Torch.Exported;
using Flama.Torch.Interpreting;
using Flama.Torch.Lowering;
using Flama.Torch.Operators;
using Flama.Torch.Programs;
using Flama.Torch.Scripts;

namespace Flama.Torch.Tests;

/// <summary>Changed programs are lowered or refused with a reason: what else is thrown is a defect of the engine.</summary>
public sealed class MutatedProgramTests(ITestOutputHelper output)
{
    private const int Seed = 20_260;
    private const int DefaultTrials = 2_000;
    private const int MostShown = 20;

    private static readonly string[] Numbers = ["0", "1", "-1", "2", "3", "64", "1000", "9223372036854775807", "-9223372036854775807", "0.5", "-1.5", "inf", "nan", "True", "None", "\"\"", "[]", "[0]", "[1, 2]", "(1,)", "x", "self"];
    private static readonly string[] JsonValues = ["0", "-1", "1", "7", "9223372036854775807", "0.5", "true", "null", "\"\"", "\"x\"", "\"\\ud800\"", "[]", "{}", "[1]"];
    private static readonly string[] Operators = [.. OperatorTable.Default.Entries.Select(entry => entry.Schema.Name).Distinct(StringComparer.Ordinal)];

    [Fact]
    public void Lowering_OfChangedPrograms_AnswersOrRefuses()
    {
        var trials = int.TryParse(Environment.GetEnvironmentVariable("FLAMA_TORCH_MUTATIONS"), CultureInfo.InvariantCulture, out var asked) ? asked : DefaultTrials;
        var seed = int.TryParse(Environment.GetEnvironmentVariable("FLAMA_TORCH_SEED"), CultureInfo.InvariantCulture, out var given) ? given : Seed;
        Random random = new(seed);
        List<TensorCase> cases = [.. TensorCase.Archives("torch").SelectMany(TensorCase.ReadAll).Where(golden => golden.Calls.Count > 0)];
        Dictionary<string, string> defects = new(StringComparer.Ordinal);
        var lowered = 0;
        var slowest = TimeSpan.Zero;
        var slow = "";

        for (var i = 0; i < trials; i++)
        {
            var golden = cases[random.Next(cases.Count)];
            var name = golden.Meta.GetProperty("file").GetString()!;
            var file = Mutated(golden.Files[name], random, out var change);
            var watch = System.Diagnostics.Stopwatch.StartNew();
            try
            {
                Lower(file, golden);
                lowered++;
            }
            catch (Exception exception) when (exception is FlamaException or ProgramRaisedException)
            {
                // Refused with a reason.
            }
            catch (Exception exception)
            {
                var frames = exception.StackTrace?.Split('\n').Where(line => line.Contains("Flama.Torch", StringComparison.Ordinal)).Take(3).Select(line => line.Trim()) ?? [];
                defects.TryAdd($"{exception.GetType().Name} {string.Join(" | ", frames)}", $"{i} {golden.Name} {change}: {exception.Message}");
            }

            if (watch.Elapsed > slowest)
            {
                (slowest, slow) = (watch.Elapsed, $"{golden.Name} {change}");
            }
        }

        output.WriteLine($"{lowered} of {trials} lowered; the slowest took {slowest}: {slow}");
        Assert.True(defects.Count == 0, string.Join(Environment.NewLine, defects.Take(MostShown).Select(pair => $"{pair.Key}{Environment.NewLine}    {pair.Value}").Prepend($"{defects.Count} defects")));
    }

    private static void Lower(byte[] file, TensorCase golden)
    {
        using var archive = TorchArchive.Open(new MemoryStream(file));
        var isExported = golden.Meta.GetProperty("format").GetString() == "torch-export";
        var methods = isExported ? ExportedProgram.Read(archive).Methods : ScriptProgram.Read(archive).Methods(archive);
        foreach (var method in methods)
        {
            using var inputs = TorchValues.InputsOf(new TensorsSpec([.. method.Arrays.Select(input => input.ToSpec())]), golden.Calls[0]);
            var patterns = method.PatternsOf([.. method.Arrays.Select(input => inputs.FindArray(input.Name))]);
            LoweredGraph.Write(new GraphWriter(), method, patterns, TestContext.Current.CancellationToken);
        }
    }

    private static byte[] Mutated(byte[] file, Random random, out string change)
    {
        Dictionary<string, byte[]> files = new(StringComparer.Ordinal);
        using (ZipArchive zip = new(new MemoryStream(file)))
        {
            foreach (var entry in zip.Entries.Where(entry => !entry.FullName.EndsWith(".debug_pkl", StringComparison.Ordinal)))
            {
                using var stream = entry.Open();
                using MemoryStream content = new();
                stream.CopyTo(content);
                files[entry.FullName] = content.ToArray();
            }
        }

        string[] texts = [.. files.Keys.Where(path => path.EndsWith(".py", StringComparison.Ordinal) || path.EndsWith(".json", StringComparison.Ordinal))];
        string[] pickles = [.. files.Keys.Where(path => path.EndsWith(".pkl", StringComparison.Ordinal))];
        var kind = random.Next(20);
        if (kind == 0)
        {
            var bytes = (byte[])file.Clone();
            change = "zip";
            for (var i = 0; i < 3; i++)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            return bytes;
        }

        var path = kind < 3 && pickles.Length > 0 ? pickles[random.Next(pickles.Length)] : texts[random.Next(texts.Length)];
        change = path;
        if (path.EndsWith(".pkl", StringComparison.Ordinal))
        {
            var bytes = files[path];
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }
        else
        {
            var text = Encoding.UTF8.GetString(files[path]);
            for (var i = random.Next(1, 4); i > 0; i--)
            {
                text = path.EndsWith(".json", StringComparison.Ordinal) ? OfJson(text, random) : OfCode(text, random);
            }

            files[path] = Encoding.UTF8.GetBytes(text);
        }

        return Zipped(files);
    }

    // A value or a key of a random place becomes another one.
    private static string OfJson(string text, Random random)
    {
        var at = random.Next(text.Length);
        var start = text.IndexOfAny([':', ',', '['], at) + 1;
        var end = start == 0 ? 0 : text.IndexOfAny([',', '}', ']', ':'], start);
        if (end <= 0)
        {
            return text;
        }

        return text[end] == ':' ? $"{text[..start]}\"other\"{text[end..]}" : $"{text[..start]}{JsonValues[random.Next(JsonValues.Length)]}{text[end..]}";
    }

    private static string OfCode(string text, Random random)
    {
        var lines = text.Split('\n').ToList();
        var at = random.Next(lines.Count);
        switch (random.Next(6))
        {
            case 0:
                lines.RemoveAt(at);
                break;
            case 1:
                lines.Insert(random.Next(lines.Count), lines[at]);
                break;
            case 2:
                lines[at] = lines[at].Replace("torch.", $"torch.{Operators[random.Next(Operators.Length)]}(", StringComparison.Ordinal).Replace("((", "(", StringComparison.Ordinal);
                break;
            case 3:
                var name = lines[at].IndexOf("torch.", StringComparison.Ordinal);
                var open = name < 0 ? -1 : lines[at].IndexOf('(', name);
                lines[at] = open < 0 ? lines[at] : $"{lines[at][..(name + 6)]}{Operators[random.Next(Operators.Length)]}{lines[at][open..]}";
                break;
            default:
                // An argument: another one, or none.
                string[] parts = lines[at].Split(", ");
                var part = random.Next(parts.Length);
                var head = parts[part].LastIndexOfAny(['(', '[']) + 1;
                var tail = parts[part].IndexOfAny([')', ']'], head) is var found && found < 0 ? parts[part].Length : found;
                parts[part] = parts[part][..head] + (random.Next(5) == 0 ? "" : Numbers[random.Next(Numbers.Length)]) + parts[part][tail..];
                lines[at] = string.Join(", ", parts.Where(piece => piece.Length > 0));
                break;
        }

        return string.Join('\n', lines);
    }

    private static byte[] Zipped(Dictionary<string, byte[]> files)
    {
        using MemoryStream content = new();
        using (ZipArchive zip = new(content, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, bytes) in files)
            {
                using var stream = zip.CreateEntry(path, CompressionLevel.NoCompression).Open();
                stream.Write(bytes);
            }
        }

        return content.ToArray();
    }
}
