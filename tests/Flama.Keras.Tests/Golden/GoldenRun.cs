using System.Text.Json;
using Flama.Packaging;
using Flama.Tests;

namespace Flama.Keras.Tests.Golden;

/// <summary>Runs cases, and tells which do not answer as the real library does.</summary>
internal static class GoldenRun
{
    /// <summary>Runs all cases of an archive whose names a filter lets through.</summary>
    public static (int Count, List<string> Failures) All(GoldenArchive archive, Func<string, bool>? filter = null)
    {
        using KerasEngines engines = new();
        List<string> failures = [];
        var count = 0;
        foreach (var name in archive.Cases.Where(name => filter?.Invoke(name) ?? true))
        {
            count++;
            var golden = archive.Read(name);
            if (One(archive, golden, engines.Table) is { } failure)
            {
                failures.Add($"{name}: {failure}");
            }
        }

        return (count, failures);
    }

    private static string? One(GoldenArchive archive, GoldenCase golden, ModelEngines engines)
    {
        using TemporaryDirectory directory = new();
        Model? model = null;
        try
        {
            using var package = archive.OpenModel(golden, directory.Root);
            model = engines.Load(package.ReadModel());
            if (golden.Expect != "values")
            {
                return $"is loaded and not refused ({golden.Note})";
            }

            foreach (var check in golden.Checks)
            {
                if (Differences(model, check, golden) is { } difference)
                {
                    return $"{(check.TryGetProperty("id", out var id) ? id.GetString() : "?")}: {difference}";
                }
            }

            return null;
        }
        catch (FlamaException refusal)
        {
            return golden.Expect != "values" ? null : $"{refusal.Code}: {refusal.Message}";
        }
        catch (Exception failure)
        {
            return $"{failure.GetType().Name}: {failure.Message} {failure.StackTrace?.Split('\n').FirstOrDefault()?.Trim()}";
        }
        finally
        {
            model?.Dispose();
        }
    }

    /// <summary>What a package answers otherwise than its case; null for nothing.</summary>
    public static string? Compare(ModelPackage package, GoldenCase golden)
    {
        using KerasEngines engines = new();
        using var model = engines.Table.Load(package.ReadModel());
        return golden.Checks.Select(check => Differences(model, check, golden)).FirstOrDefault(difference => difference is not null);
    }

    private static string? Differences(Model model, JsonElement check, GoldenCase golden)
    {
        var method = model.FindMethod(golden.Signature) ?? model.GetMethod(ModelMethod.Predict);
        var spec = (TensorsSpec)method.Input;
        var given = check.GetProperty("inputs").EnumerateObject().ToList();
        List<KeyValuePair<string, ModelTensor>> inputs = [];
        for (var i = 0; i < given.Count; i++)
        {
            var name = spec.Find(given[i].Name) is not null ? given[i].Name : given.Count == 1 && spec.Tensors.Count == 1 ? spec.Tensors[0].Name : throw new InvalidOperationException($"no input '{given[i].Name}' among {string.Join(", ", spec.Tensors)}");
            inputs.Add(new(name, GoldenTensor.Read(given[i].Value)));
        }

        using TensorInputs tensors = new(inputs);
        using var output = method.Invoke(tensors);
        var number = 0;
        foreach (var wanted in check.GetProperty("outputs").EnumerateObject())
        {
            using var want = GoldenTensor.Read(wanted.Value);
            var array = output.Find(wanted.Name) ?? (int.TryParse(wanted.Name, System.Globalization.CultureInfo.InvariantCulture, out var index) && index < output.Count ? output[index] : output.Count > number ? output[number] : null);
            number++;
            if (array is not ModelTensor got)
            {
                return $"has no output '{wanted.Name}'";
            }

            if (GoldenTensor.Difference(got, want, golden.Absolute, golden.Relative) is { } difference)
            {
                return $"output {wanted.Name}: {difference}";
            }
        }

        return null;
    }
}
