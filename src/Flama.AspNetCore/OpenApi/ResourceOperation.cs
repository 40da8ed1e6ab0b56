namespace Flama.AspNetCore.OpenApi;

/// <summary>Marks an endpoint as a method of a resource: the framework describes what it takes and answers, and errors are Flama's.</summary>
internal sealed class ResourceOperation
{
    public static ResourceOperation Instance { get; } = new();
}
