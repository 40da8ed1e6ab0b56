using System.Globalization;
using System.Text.Json;
using Flama.Keras.Graphs;
using Flama.Keras.Text;
using Flama.Onnx.Graphs;

namespace Flama.Keras.Layers.Preprocessing;

/// <summary>Words or whole numbers as their numbers in a vocabulary, or as columns; or back.</summary>
internal sealed class Lookup : Layer
{
    private readonly bool isText;
    private readonly Weight? idf;

    public Lookup(LayerConfig config, bool isText)
        : base(config)
    {
        this.isText = isText;
        idf = config.Text("output_mode") == "tf_idf" && !config.Has("idf_weights") ? Declare("vars/idf_weights", isTrainable: false) : null;
    }

    public override object Call(Lowering g, LayerCall call)
    {
        var x = call.Input(this);
        if (Config.Has("salt"))
        {
            throw KerasErrors.Unsupported(Name, "has a salt");
        }

        var mask = Word("mask_token");
        var unknown = Word("oov_token") ?? (isText ? "[UNK]" : "-1");
        var vocabulary = Vocabulary.Of(Config, mask, Config.Integer("num_oov_indices", 1), unknown);
        if (Config.Flag("invert"))
        {
            return Invert(g, x, vocabulary, unknown);
        }

        if (x.Host is null)
        {
            throw KerasErrors.Unsupported(Name, "looks up what other layers have computed");
        }

        var table = new LookupTable(vocabulary, isText);
        var ids = g.AddHost(inputs => [table.Find(inputs[0])], [x.Host], (OnnxElementType.Int64, x.Shape))[0];
        var depth = Config.Flag("pad_to_max_tokens") && Config.Has("max_tokens") ? Config.Integer("max_tokens") : vocabulary.Depth;
        var isWeighed = Config.Text("output_mode") == "tf_idf";
        var encoded = Encoding.Encode(g, Config, ids, depth, isWeighed || !Config.IsThird ? OnnxElementType.Float32 : OnnxElementType.Int64);
        return isWeighed ? g.Times(encoded, g.Constant<float>(vocabulary.Idf(Config, idf, depth), depth)) : encoded;
    }

    private string? Word(string member) => Config.Find(member) is null ? null : Config.Find(member) is { ValueKind: JsonValueKind.Number } ? Config.Integer(member).ToString(CultureInfo.InvariantCulture) : Config.Text(member);

    private Value Invert(Lowering g, Value x, Vocabulary vocabulary, string unknown)
    {
        List<string> words = [.. vocabulary.HasMask ? [vocabulary.Mask!] : Array.Empty<string>(), .. Enumerable.Repeat(unknown, (int)vocabulary.Outside), .. vocabulary.Words, unknown];
        var index = g.Cast(x, OnnxElementType.Int64);
        var isKnown = g.Compare("And", g.Compare("GreaterOrEqual", index, 0), g.Compare("Less", index, words.Count - 1));
        index = g.Where(isKnown, index, g.Scalar(words.Count - 1, OnnxElementType.Int64));
        var table = isText
            ? g.Texts(words, words.Count)
            : g.Constant<long>([.. words.Select(word => long.TryParse(word, CultureInfo.InvariantCulture, out var number) ? number : throw Config.Missing("vocabulary"))], words.Count);
        return g.Gather(table, index, 0);
    }
}
