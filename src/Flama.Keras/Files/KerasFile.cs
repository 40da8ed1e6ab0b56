using System.Text.Json;
using System.Text.Unicode;
using Flama.Keras.Layers;

namespace Flama.Keras.Files;

/// <summary>A model file of Keras: its layers, and where their variables and vocabularies are.</summary>
internal abstract class KerasFile
{
    /// <summary>The deepest nesting of JSON that is read.</summary>
    protected const int MaxDepth = 400;

    /// <summary>Classes of Keras that cannot be served.</summary>
    public static IReadOnlyList<string> NotServed { get; } =
    [
        "CuDNNLSTM", "CuDNNGRU", "LSTMCell", "GRUCell", "SimpleRNNCell", "StackedRNNCells", "FlaxLayer", "JaxLayer", "TorchModuleWrapper", "TFSMLayer", "FeatureSpace",
    ];

    /// <summary>What messages call it.</summary>
    public required string Name { get; init; }

    /// <summary>The version of Keras that wrote it; empty when it is not told.</summary>
    public required string Version { get; init; }

    /// <summary>The model's own object, with <c>class_name</c> and <c>config</c>.</summary>
    public required JsonElement Model { get; init; }

    /// <summary>What may be made of the file.</summary>
    public required MemoryBudget Budget { get; init; }

    /// <summary>2 or 3: which Keras wrote it.</summary>
    public int Generation => Version.StartsWith('3') ? 3 : 2;

    /// <summary>Tells the layers where their variables are.</summary>
    public abstract void Bind(Layer model);

    /// <summary>The lines of a layer's vocabulary; null where the file has none.</summary>
    public abstract IReadOnlyList<string>? VocabularyOf(LayerConfig layer);

    /// <summary>Whether a class that cannot be served is one of Keras's own.</summary>
    public static bool IsBuiltIn(string className) => NotServed.Contains(className, StringComparer.Ordinal) || className.StartsWith("Random", StringComparison.Ordinal);

    /// <summary>Parses JSON of a file.</summary>
    protected static JsonElement Parse(ReadOnlyMemory<byte> json, string name)
    {
        if (!Utf8.IsValid(json.Span))
        {
            throw new FlamaException(ErrorCodes.Corrupt, $"The layers of '{name}' are not UTF-8.", "Copy or download the file again.");
        }

        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth });
            return document.RootElement.Clone();
        }
        catch (JsonException failure)
        {
            throw new FlamaException(ErrorCodes.InvalidModel, $"The layers of '{name}' are not JSON: {SafeText.OneLine(failure.Message, 200)}", "Save the model again: model.save('model.keras').", failure);
        }
    }
}
