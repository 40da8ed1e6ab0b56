using Flama.Json;
using Flama.Packaging;
using Flama.Scoring;

namespace Flama.Fuzz;

/// <summary>Rows of a model of numbers and words.</summary>
internal static class RowsTarget
{
    private static readonly ModelMethod Method = Load();

    /// <summary>The columns of the model.</summary>
    public static IReadOnlyList<Feature> Features => ((TableSpec)Method.Input).Features;

    /// <summary>Scores an input as a file of rows, once with bad rows as an end and once past them.</summary>
    public static string Run(byte[] input, RowsFormat format)
    {
        var strict = Run(input, new ScoringOptions { InputFormat = format, MaxDegreeOfParallelism = 1 });
        var lenient = Run(input, new ScoringOptions
        {
            InputFormat = format,
            OutputFormat = RowsFormat.NdJson,
            BadRows = BadRowPolicy.Null,
            OnBadRow = _ => { },
            OnWarning = _ => { },
            MaxDegreeOfParallelism = 1,
        });
        return $"{strict}; {lenient}";
    }

    /// <summary>Reads an input as the body of a request.</summary>
    public static string RunJson(byte[] input)
    {
        try
        {
            using var rows = InputReader.For(Method.Input).ReadRequest(input);
            using var answer = Method.Invoke(rows, new InvokeOptions(1));
            return "answered";
        }
        catch (FlamaException exception)
        {
            return $"{exception.Code}: {exception.Message}";
        }
    }

    private static string Run(byte[] input, ScoringOptions options)
    {
        try
        {
            var run = BulkScoring.RunAsync(Method, new MemoryStream(input), Stream.Null, options);
            return $"{run.GetAwaiter().GetResult().Rows} rows";
        }
        catch (FlamaException exception)
        {
            return $"{exception.Code}: {exception.Message}";
        }
    }

    private static ModelMethod Load()
    {
        using var package = ModelPackage.Open(Environment.GetEnvironmentVariable("FLAMA_FUZZ_MODEL") ?? throw new InvalidOperationException("FLAMA_FUZZ_MODEL names no model."));
        return new ModelEngines().AddManaged().Load(package.ReadModel()).GetMethod(ModelMethod.Predict);
    }
}
