using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Flama.Hosting.Configuration;

/// <summary>Makes options that begin with what the configuration says; what the application sets in code comes on top, in whatever order it was registered.</summary>
internal sealed class SectionOptionsFactory<
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor | DynamicallyAccessedMemberTypes.PublicProperties)] TOptions>(
    IServiceProvider host, string section, Action<IConfiguration, TOptions> bind)
    : OptionsFactory<TOptions>(
        host.GetServices<IConfigureOptions<TOptions>>(), host.GetServices<IPostConfigureOptions<TOptions>>(),
        host.GetServices<IValidateOptions<TOptions>>().Select(check => new KeyedValidation<TOptions>(check, FlamaConfiguration.Of(host), section)))
    where TOptions : class
{
    /// <inheritdoc/>
    protected override TOptions CreateInstance(string name)
    {
        var options = base.CreateInstance(name);
        if (name == Options.DefaultName && FlamaConfiguration.Of(host).Take(section) is { } found)
        {
            SectionBinding.Bind(found, options, bind);
        }

        return options;
    }
}
