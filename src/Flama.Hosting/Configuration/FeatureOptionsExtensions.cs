using System.Diagnostics.CodeAnalysis;
using Flama;
using Flama.Hosting;
using Flama.Hosting.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Gives features of an application their options from its configuration.</summary>
public static class FeatureOptionsExtensions
{
    /// <summary>
    /// Adds options that begin with what a section below <c>Flama</c> of the configuration says, such as <c>Flama:Cache</c>; what the application sets in code comes on top. They are made and checked when the
    /// application starts.
    /// </summary>
    /// <typeparam name="TOptions">The options.</typeparam>
    /// <param name="builder">What <c>AddFlama</c> returned.</param>
    /// <param name="section">The name of the section below that of Flama.</param>
    /// <param name="bind">Sets the options as a section says: <c>static (section, options) =&gt; section.Bind(options)</c>, for which the compiler makes code (<c>EnableConfigurationBindingGenerator</c>).</param>
    /// <returns>The options, to configure and validate.</returns>
    /// <remarks>A key that is not a property of the options fails the start with <see cref="FlamaException"/>, and so does a value of another type. Adding the same options again changes nothing.</remarks>
    public static OptionsBuilder<TOptions> BindOptions<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor | DynamicallyAccessedMemberTypes.PublicProperties)] TOptions>(
        this IFlamaBuilder builder, string section, Action<IConfiguration, TOptions> bind)
        where TOptions : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(section);
        ArgumentNullException.ThrowIfNull(bind);
        builder.Services.AddSingleton(new FeatureSection(section));
        builder.Services.TryAddSingleton<IOptionsFactory<TOptions>>(provider => new SectionOptionsFactory<TOptions>(provider, section, bind));
        return builder.Services.AddOptions<TOptions>().ValidateOnStart();
    }
}
