namespace Flama.Torch.Interpreting;

/// <summary>The program raises: what it is given is not what it takes.</summary>
/// <param name="message">What the program says.</param>
internal sealed class ProgramRaisedException(string message) : Exception(message);
