namespace Flama.Keras.Text;

/// <summary>A tensor that is there before the graph runs: an input, or made of inputs.</summary>
/// <param name="Slot">Its number in the plan.</param>
internal sealed record HostValue(int Slot);
