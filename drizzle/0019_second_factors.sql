CREATE TABLE "recovery_codes" (
	"user_id" uuid NOT NULL,
	"code_hash" text NOT NULL,
	"used_at" timestamp (6) with time zone,
	CONSTRAINT "recovery_codes_user_id_code_hash_pk" PRIMARY KEY("user_id","code_hash")
);
--> statement-breakpoint
ALTER TABLE "recovery_codes" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "second_factors" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"secret_cipher" text NOT NULL,
	"confirmed_at" timestamp (6) with time zone,
	"last_step" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "second_factors" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "person_mails" DROP CONSTRAINT "person_mails_kind_check";--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "second_factor_at" timestamp (6) with time zone;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "second_factor_at" timestamp (6) with time zone;--> statement-breakpoint
ALTER TABLE "recovery_codes" ADD CONSTRAINT "recovery_codes_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "second_factors" ADD CONSTRAINT "second_factors_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_mails" ADD CONSTRAINT "person_mails_kind_check" CHECK ("person_mails"."kind" in ('passwordReset', 'passwordChanged', 'confirmEmail', 'emailChangeAsked', 'emailChanged', 'secondFactorOn', 'secondFactorOff', 'secondFactorReset', 'recoveryCodeUsed'));--> statement-breakpoint
CREATE POLICY "own_codes" ON "recovery_codes" AS PERMISSIVE FOR ALL TO "app" USING (user_id = nullif(current_setting('app.current_user', true), '')::uuid) WITH CHECK (user_id = nullif(current_setting('app.current_user', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "own_factor" ON "second_factors" AS PERMISSIVE FOR ALL TO "app" USING (user_id = nullif(current_setting('app.current_user', true), '')::uuid) WITH CHECK (user_id = nullif(current_setting('app.current_user', true), '')::uuid);