using System.IO.Compression;
using Flama.Onnx.Graphs;
using Flama.Tests;

namespace Flama.FunctionalTests;

/// <summary>A server of models that take images, which the tests of a class share.</summary>
public sealed class ProcessingServer : IAsyncLifetime
{
    /// <summary>How pictures become tensors: scaled to 8 × 8, then the mean of each channel is the score of its colour.</summary>
    public const string Colors = """
        {
          "image": {"size": {"height": 8, "width": 8}, "rescale_factor": 1},
          "output": {"activation": "softmax", "top_k": 2, "labels": "colors.txt"}
        }
        """;

    private readonly TemporaryDirectory directory = new();

    internal FlamaServer Server { get; private set; } = null!;

    /// <summary>A bare model with its processing beside it.</summary>
    public string Model => directory.PathOf("colors.onnx");

    /// <summary>A JPEG, mostly blue and green.</summary>
    public string Photo => directory.PathOf("photo.jpg");

    /// <summary>A red PNG.</summary>
    public string Red => directory.PathOf("red.png");

    public string PathOf(string name) => directory.PathOf(name);

    public async ValueTask InitializeAsync()
    {
        WriteModel(Model, 8);
        await File.WriteAllTextAsync(directory.PathOf("colors.processing.json"), Colors);
        await File.WriteAllTextAsync(directory.PathOf("colors.txt"), "red\ngreen\nblue\n");
        ExtractPhoto(Photo, "rgb_35x21_s2_p.jpg");

        await File.WriteAllBytesAsync(Red, Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFklEQVR4nGP8z8DAwMDAxMDAwMDAAAANHQEDasKb6QAAAABJRU5ErkJggg=="));
        Server = await FlamaServer.StartAsync([Model, "--server-port=0"]);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        directory.Dispose();
    }

    /// <summary>Writes one of the pictures of the fixtures.</summary>
    public static void ExtractPhoto(string path, string name)
    {
        using var zip = ZipFile.OpenRead(Fixtures.PathOf("images", "pillow.zip"));
        zip.GetEntry(name)!.ExtractToFile(path);
    }

    /// <summary>Writes a graph that answers the mean of (number, 1) of the tokens, with its processing and vocabulary beside it.</summary>
    public static void WriteEncoder(string path)
    {
        OnnxGraphBuilder graph = new();
        Dimension batch = new(null, "batch"), tokens = new(null, "tokens");
        var ids = graph.Input("input_ids", OnnxElementType.Int64, batch, tokens);
        var mask = graph.Input("attention_mask", OnnxElementType.Int64, batch, tokens);
        var table = graph.Constant<float>([.. Enumerable.Range(0, 16).SelectMany(i => new[] { i, 1f })], 16, 2);
        var used = graph.Add("Mul", [ids, mask]);
        graph.Output("last_hidden_state", graph.Add("Gather", [table, used]), OnnxElementType.Float32, batch, tokens, 2);
        File.WriteAllBytes(path, graph.ToProgram(17).ToBytes());
        File.WriteAllText(Path.ChangeExtension(path, ".processing.json"), """{"text": {"tokenizer": "words.txt"}, "output": {"pooling": "mean"}}""");
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(path)!, "words.txt"), "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\nworld\nb\nc\nd\nhello\n");
    }

    /// <summary>Writes the graph whose three scores are the means of the channels.</summary>
    public static void WriteModel(string path, Dimension side)
    {
        OnnxGraphBuilder graph = new();
        var x = graph.Input("pixel_values", OnnxElementType.Float32, new(null, "batch"), 3, side, side);
        graph.Output("logits", graph.Add("ReduceMean", [x], OnnxAttribute.Of("axes", [2L, 3L]), OnnxAttribute.Of("keepdims", 0)), OnnxElementType.Float32, new(null, "batch"), 3);
        File.WriteAllBytes(path, graph.ToProgram(17).ToBytes());
    }
}
