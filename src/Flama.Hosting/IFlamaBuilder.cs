using Microsoft.Extensions.DependencyInjection;

namespace Flama.Hosting;

/// <summary>Adds models and features to an application; what <c>AddFlama</c> returns.</summary>
public interface IFlamaBuilder
{
    /// <summary>The application's services.</summary>
    IServiceCollection Services { get; }
}
