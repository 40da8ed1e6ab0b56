using System.Buffers;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Flama.Hosting.Examples;
using Flama.Json;

namespace Flama.Hosting.Updating;

/// <summary>Lets a model answer made-up rows to itself, so that what its first callers need is compiled and computed before.</summary>
internal static class ModelWarmUp
{
    // The runtime compiles for speed what was called more often than this.
    private const int Rounds = 32;

    // Batches of some hundred rows take other ways through a model than single ones.
    private const int BatchRows = 300;

    // An image as JSON costs more than it brings.
    private const long MaxElements = 20_000;

    /// <summary>Asks each method in turn.</summary>
    /// <param name="loaded">The model, which the caller keeps alive.</param>
    /// <param name="longest">When to end; zero for not to begin.</param>
    /// <param name="cancellationToken">Ends it sooner.</param>
    public static void Run(LoadedModel loaded, TimeSpan longest, CancellationToken cancellationToken)
    {
        if (longest <= TimeSpan.Zero)
        {
            return;
        }

        var start = Stopwatch.GetTimestamp();
        bool IsOver() => cancellationToken.IsCancellationRequested || Stopwatch.GetElapsedTime(start) > longest;
        foreach (var method in loaded.Model.Methods.Where(method => ExampleRequests.SizeOf(method.Input) <= MaxElements))
        {
            if (ExampleRequests.For(method.Input).Select(example => example.Request).FirstOrDefault(request => !IsOver() && Ask(loaded, method, BytesOf(request))) is not { } answered)
            {
                continue;
            }

            var bytes = BytesOf(answered);
            for (var round = 1; round < Rounds && !IsOver(); round++)
            {
                Ask(loaded, method, bytes);
            }

            if (!IsOver() && method.Input is TableSpec && answered["input"] is JsonArray { Count: 1 } rows)
            {
                Ask(loaded, method, BytesOf(new JsonObject { ["input"] = new JsonArray([.. Enumerable.Range(0, BatchRows).Select(_ => rows[0]?.DeepClone())]) }));
            }
        }
    }

    private static byte[] BytesOf(JsonObject request) => Encoding.UTF8.GetBytes(request.ToJsonString());

    [SuppressMessage("Design", "CA1031", Justification = "Whether the model answers is for its exam to say.")]
    private static bool Ask(LoadedModel loaded, ModelMethod method, byte[] request)
    {
        try
        {
            using var input = loaded.ReaderOf(method).ReadRequest(request);
            using var output = method.Invoke(input);
            using Utf8JsonWriter json = new(new ArrayBufferWriter<byte>(), JsonOutput.Compact);
            OutputWriter.Write(json, output);
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }
}
