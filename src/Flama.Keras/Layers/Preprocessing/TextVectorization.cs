using System.Text.Json;
using Flama.Keras.Graphs;
using Flama.Keras.Text;
using Flama.Onnx.Graphs;

namespace Flama.Keras.Layers.Preprocessing;

/// <summary>Text as the numbers of its words, or as columns of a bag of words.</summary>
internal sealed class TextVectorization : Layer
{
    private const string Unknown = "[UNK]";

    private readonly Weight? idf;

    public TextVectorization(LayerConfig config)
        : base(config)
    {
        idf = config.Text("output_mode") == "tf_idf" && !config.Has("idf_weights") ? Declare("_lookup_layer/vars/idf_weights", isTrainable: false) : null;
        foreach (var member in new[] { "standardize", "split" })
        {
            if (config.Find(member) is { ValueKind: not JsonValueKind.String })
            {
                throw KerasErrors.Custom(config.Name, $"a TextVectorization with '{member}' of its own");
            }
        }
    }

    public override object Call(Lowering g, LayerCall call)
    {
        var x = call.Input(this);
        if (x.Host is null)
        {
            throw KerasErrors.Unsupported(Name, "works on text that other layers have computed");
        }

        if (Config.Flag("ragged"))
        {
            throw KerasErrors.Unsupported(Name, "answers a ragged tensor");
        }

        var vocabulary = Vocabulary.Of(Config, "", 1, Unknown);
        TextSplitter splitter = new(
            Config.Text("standardize"), Config.Text("split"), Config.Integers("ngrams") switch { null => null, [var n] => [.. Enumerable.Range(1, (int)Math.Min(n, 1000))], var list => [.. list.Select(n => (int)n)] });
        var table = new LookupTable(vocabulary, isText: true);
        var mode = Config.Text("output_mode") ?? "int";
        if (mode == "int")
        {
            var length = Config.Has("output_sequence_length") ? Config.Integer("output_sequence_length") : -1;
            return Config.Find("split") is null && length < 0
                ? g.AddHost(inputs => [table.Find(splitter.Clean(inputs[0]))], [x.Host], (OnnxElementType.Int64, x.Shape))[0]
                : g.AddHost(inputs => [TextSteps.Numbers(inputs[0], splitter, table, length)], [x.Host], (OnnxElementType.Int64, [x.Shape[0], length]))[0];
        }

        var depth = Config.Flag("pad_to_max_tokens") && Config.Has("max_tokens") ? Config.Integer("max_tokens") : vocabulary.Depth;
        var counts = g.AddHost(inputs => [TextSteps.Counts(inputs[0], splitter, table, depth, mode is "multi_hot" or "binary")], [x.Host], (OnnxElementType.Float32, [x.Shape[0], depth]))[0];
        return mode == "tf_idf" ? g.Times(counts, g.Constant<float>(vocabulary.Idf(Config, idf, depth), depth)) : g.Cast(counts, Config.IsThird ? OnnxElementType.Int64 : OnnxElementType.Float32);
    }
}
