CREATE TABLE "passkeys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"credential_id" text NOT NULL,
	"public_key" text NOT NULL,
	"counter" bigint NOT NULL,
	"transports" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"backed_up" boolean DEFAULT false NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"last_used_at" timestamp (6) with time zone,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
ALTER TABLE "passkeys" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "spent_tokens" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"expires_at" timestamp (6) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "spent_tokens" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "person_mails" DROP CONSTRAINT "person_mails_kind_check";--> statement-breakpoint
ALTER TABLE "passkeys" ADD CONSTRAINT "passkeys_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "passkeys_credential_key" ON "passkeys" USING btree ("credential_id");--> statement-breakpoint
CREATE INDEX "passkeys_user_id_idx" ON "passkeys" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "spent_tokens_expires_at_idx" ON "spent_tokens" USING btree ("expires_at");--> statement-breakpoint
ALTER TABLE "person_mails" ADD CONSTRAINT "person_mails_kind_check" CHECK ("person_mails"."kind" in ('passwordReset', 'passwordChanged', 'confirmEmail', 'emailChangeAsked', 'emailChanged', 'secondFactorOn', 'secondFactorOff', 'secondFactorReset', 'recoveryCodeUsed', 'passkeyAdded', 'passkeyRemoved', 'passkeyRefused'));--> statement-breakpoint
CREATE POLICY "own_passkeys" ON "passkeys" AS PERMISSIVE FOR ALL TO "app" USING (user_id = nullif(current_setting('app.current_user', true), '')::uuid) WITH CHECK (user_id = nullif(current_setting('app.current_user', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "nobody" ON "spent_tokens" AS PERMISSIVE FOR SELECT TO "app" USING (false);