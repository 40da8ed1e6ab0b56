namespace Flama.AspNetCore.Models;

/// <summary>The use of a model by one request: until it is disposed, once, the model is not.</summary>
internal readonly struct ModelLease(ModelResource resource) : IDisposable
{
    public ModelResource Resource => resource;

    public void Dispose() => resource.Release();
}
