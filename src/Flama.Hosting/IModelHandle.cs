namespace Flama.Hosting;

/// <summary>What a caller predicts with: a <see cref="LoadedModel"/>, or a <see cref="ServedModel"/> whose model can be replaced.</summary>
public interface IModelHandle
{
    /// <summary>The model of this moment, kept until the lease is disposed.</summary>
    ModelLease Acquire();
}
