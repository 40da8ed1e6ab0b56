namespace Flama.Keras;

/// <summary>What is said when a file cannot become a model.</summary>
internal static class KerasErrors
{
    private const string ToSavedModel = "Export the model for inference with model.export('model') and serve that directory, or convert it with tf2onnx and serve the .onnx file.";

    /// <summary>The failure of a layer that holds code, or that somebody else wrote.</summary>
    public static FlamaException Custom(string name, string what) => new(
        ErrorCodes.UnsupportedFormat,
        $"Layer '{SafeText.OneLine(name, 100)}' is {what}: it is Python code, which is never run.",
        $"Write it with Keras's own layers. {ToSavedModel}");

    /// <summary>The failure of something of Keras that is not known here.</summary>
    public static FlamaException Unsupported(string name, string what) => new(
        ErrorCodes.UnsupportedFormat, $"Layer '{SafeText.OneLine(name, 100)}' {SafeText.OneLine(what, 300)}, which cannot be served.", ToSavedModel);

    /// <summary>The failure of a configuration that contradicts itself.</summary>
    public static FlamaException Invalid(string what) => new(
        ErrorCodes.InvalidModel, $"The model is not one that Keras would load: {SafeText.OneLine(what, 400)}.", "Save the model again: model.save('model.keras').");

    /// <summary>The failure of a file that asks for too much.</summary>
    public static FlamaException TooLarge(string what) => new(ErrorCodes.LimitExceeded, $"The model is too large: {what}.", "Serve a smaller model.");

    /// <summary>The failure of an input that is not one of numbers or text in rows.</summary>
    public static FlamaException Input(string name, string kind) => new(
        ErrorCodes.UnsupportedFormat,
        $"Input '{SafeText.OneLine(name, 100)}' is a {kind} tensor, which callers cannot give.",
        "Build the model with a dense input: keras.Input(shape=…) without sparse or ragged.");

    /// <summary>Reads a model of a file.</summary>
    /// <remarks>What contradicts itself in a way that no check names ends in one of these exceptions, and so does a mistake of our own: the message says both.</remarks>
    /// <exception cref="FlamaException">It is not sound.</exception>
    public static LoweredModel Guard(string name, Func<LoweredModel> lower)
    {
        try
        {
            return lower();
        }
        catch (Exception failure) when (failure is ArgumentException or IndexOutOfRangeException or InvalidOperationException or OverflowException or FormatException or KeyNotFoundException or InvalidCastException)
        {
            throw new FlamaException(
                ErrorCodes.InvalidModel,
                $"'{name}' cannot be read: its parts do not fit together, or it has what this version of Flama does not expect ({failure.GetType().Name}).",
                "Save the model again with Keras or TensorFlow. If a file that they load is refused, please report it.",
                failure);
        }
    }
}
