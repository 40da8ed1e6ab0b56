namespace Flama.AspNetCore;

/// <summary>Metadata of an endpoint that answers for a model. Thread-safe.</summary>
public interface IModelEndpoint
{
    /// <summary>The name of the model.</summary>
    string ModelName { get; }

    /// <summary>The method of the model that it runs; null where it shows the model's metadata.</summary>
    string? MethodName { get; }

    /// <summary>Whether it predicts while rows still arrive.</summary>
    bool IsStream { get; }
}
