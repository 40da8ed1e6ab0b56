namespace Flama.Sklearn;

/// <summary>The estimators inside of a composite one that all get its rows: what they ask of the rows together.</summary>
internal sealed class EstimatorGroup
{
    private readonly Estimator[] members;
    private readonly Estimator speaker;

    /// <summary>Makes the group.</summary>
    /// <param name="state">The composite's attributes, for messages.</param>
    /// <param name="members">At least one.</param>
    public EstimatorGroup(EstimatorState state, IEnumerable<Estimator> members)
    {
        this.members = [.. members];
        if (this.members.Length == 0)
        {
            throw state.Fail("it has no estimators inside");
        }

        // One that looks at no feature has nothing to say about them.
        speaker = Array.Find(this.members, member => member.FeatureCount is not null || member.RowForm != RowForm.Cells) ?? this.members[0];
        FeatureNames = speaker.FeatureNames;
        TakesSparse = Array.TrueForAll(this.members, member => member.TakesSparse);
        IsRowwise = Array.TrueForAll(this.members, member => member.IsRowwise);
    }

    /// <summary>The members in order.</summary>
    public IReadOnlyList<Estimator> Members => members;

    /// <summary>How many columns they take; null for any number.</summary>
    public int? FeatureCount => speaker.FeatureCount;

    /// <summary>The names of the columns in training; null when they were trained without.</summary>
    public IReadOnlyList<string>? FeatureNames { get; }

    /// <summary>Whether all compute with sparse rows as they are.</summary>
    public bool TakesSparse { get; }

    /// <summary>Whether each row's answer depends on that row alone.</summary>
    public bool IsRowwise { get; }

    /// <summary>What one row of input looks like.</summary>
    public RowForm RowForm => speaker.RowForm;

    /// <summary>Whether they pick columns by name.</summary>
    public bool SelectsByName => speaker.SelectsByName;

    /// <summary>Whether named columns must come in training's order.</summary>
    public bool NeedsColumnOrder => speaker.NeedsColumnOrder;

    /// <summary>Whether all take missing values.</summary>
    public bool TakesMissing(bool downstream) => Array.TrueForAll(members, member => member.TakesMissing(downstream));

    /// <summary>Reads a list of estimators.</summary>
    public static EstimatorGroup Read(EstimatorState state, string name) =>
        new(state, state.List(name).Select((item, i) => state.Nested(item, $"{name}[{i}]")));

    /// <summary>Says what each input column is used for: what every member says of it that looks at features.</summary>
    public void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream)
    {
        foreach (var member in members)
        {
            if (ReferenceEquals(member, speaker) || (member.RowForm == speaker.RowForm && member.FeatureCount is not null))
            {
                member.Describe(columns, downstream);
            }
        }
    }
}
