namespace Flama.Keras.Text;

/// <summary>Makes tensors of tensors. Any number of threads may call it at once.</summary>
/// <param name="inputs">What it reads; not to be disposed by it.</param>
internal delegate ModelTensor[] HostOperation(IReadOnlyList<ModelTensor> inputs);
