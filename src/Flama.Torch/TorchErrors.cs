namespace Flama.Torch;

/// <summary>The failures of this engine.</summary>
internal static class TorchErrors
{
    private const string SaveAgain = "Copy the file again in binary mode, or save the model again.";

    public static FlamaException Corrupt(string what, Exception? cause = null) => new(ErrorCodes.Corrupt, $"The PyTorch file is damaged: {what}.", SaveAgain, cause);

    public static FlamaException Invalid(string what) => new(ErrorCodes.InvalidModel, $"The PyTorch model contradicts itself: {what}.", "Save the model again.");

    public static FlamaException Version(string what) => new(
        ErrorCodes.UnsupportedFormat, $"The PyTorch file is of {what}.", "Save the model with a version of PyTorch from 1.6 to 2.13, or export it to ONNX: torch.onnx.export.");

    /// <summary>What cannot be lowered.</summary>
    public static FlamaException Unsupported(string what) => new(
        ErrorCodes.UnsupportedEstimator, $"The PyTorch model cannot be served: {what}.", "Change the model to do without, or export it to ONNX: torch.onnx.export.");

    public static FlamaException Limit(string what, Exception? cause = null) => new(ErrorCodes.LimitExceeded, $"The PyTorch file asks for too much: {what}.", "Do not trust the file unless you know who made it.", cause);

    /// <summary>The program raises.</summary>
    /// <param name="message">What it says.</param>
    public static FlamaException Refused(string message) => Input($"The model refuses the input: {SafeText.OneLine(message, 200)}");

    public static FlamaException Input(string what) => new(ErrorCodes.InvalidInput, what, "Compare the input with what the model was made for.");
}
