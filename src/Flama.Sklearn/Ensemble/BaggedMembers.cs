namespace Flama.Sklearn.Ensemble;

/// <summary>The members of a bag, each with its own columns.</summary>
internal sealed class BaggedMembers
{
    private readonly MemberColumns[] columns;

    public BaggedMembers(EstimatorState state, EstimatorGroup members, int? features)
    {
        Members = members.Members;
        columns = MemberColumns.Read(state, Members.Count, features);
        TakesSparse = members.TakesSparse && columns.All(own => own.IsAll);
        for (var i = 0; i < Members.Count; i++)
        {
            using var nothing = FeatureBatch.RentUninitialized(0, features!.Value);
            using var selected = columns[i].Select(nothing);
            if (Members[i].FeatureCount is { } count && count != (selected ?? nothing).Columns)
            {
                throw state.Fail($"member {i} takes {count} features and is given {(selected ?? nothing).Columns}");
            }
        }
    }

    /// <summary>The estimators.</summary>
    public IReadOnlyList<Estimator> Members { get; }

    /// <summary>Whether sparse rows can come in as they are.</summary>
    public bool TakesSparse { get; }

    /// <summary>Computes the method of a member.</summary>
    public void Run(int member, MemberMethod method, FeatureBatch input, OutputSlice output)
    {
        using var selected = columns[member].Select(input);
        method.Run(selected ?? input, output);
    }

    /// <summary>Says what each input column is used for: the first member speaks for all, with the columns it has.</summary>
    public void Describe(ReadOnlySpan<FeatureBuilder> builders, bool downstream)
    {
        using var positions = FeatureBatch.RentUninitialized(1, builders.Length);
        for (var member = 0; member < Members.Count; member++)
        {
            for (var i = 0; i < builders.Length; i++)
            {
                positions.SetNumber(0, i, i);
            }

            using var selected = columns[member].Select(positions);
            var own = new FeatureBuilder[(selected ?? positions).Columns];
            for (var i = 0; i < own.Length; i++)
            {
                own[i] = builders[(int)(selected ?? positions).Row(0)[i]];
            }

            Members[member].Describe(own, downstream);
        }
    }
}
