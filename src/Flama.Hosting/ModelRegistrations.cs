using Flama.Hosting.Configuration;

namespace Flama.Hosting;

/// <summary>The models that an application asked for, in its order.</summary>
internal sealed class ModelRegistrations(IEnumerable<ModelAddition> additions, FlamaConfiguration configuration)
{
    public IReadOnlyList<ModelRegistration> All { get; } = ModelSections.Read([.. additions], configuration);
}
