namespace Flama.Keras.Text;

/// <summary>One step before the graph.</summary>
/// <param name="Operation">What it does.</param>
/// <param name="Inputs">The slots that it reads.</param>
/// <param name="Outputs">The slots that it fills.</param>
internal sealed record HostStep(HostOperation Operation, int[] Inputs, int[] Outputs);
